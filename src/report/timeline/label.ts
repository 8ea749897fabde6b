import { percent } from './axis.ts';
import type { Span } from './draw.ts';
import type { PlotLabel } from './row.ts';

/** Mean width of a character of a 13 px label, in pixels: on the safe side. */
const CHARACTER = 7.2;
const MARGIN = 7;

/** Where a label goes: beside or inside its bar, and how much of it. */
export interface PlacedLabel {
  readonly x: number;
  readonly dx: number;
  readonly anchor: 'start' | 'end';
  /** On the bar, in the colour of paper. */
  readonly inside: boolean;
  readonly strong: string;
  readonly text: string;
}

/**
 * Places a label for a plot that is `width` pixels wide: whole inside the bar, whole beside it, its strong part inside,
 * its strong part beside; on the side with more room. `reports/client` does the same again after a zoom.
 */
export function placeLabel(label: PlotLabel, span: Span, width: number): PlacedLabel {
  const start = Math.max(0, percent(label.from, span));
  const end = Math.min(100, percent(label.to, span));
  const room = { inside: pixels(end - start, width), right: pixels(100 - end, width), left: pixels(start, width) };
  const whole = textWidth(`${label.strong}  ${label.text}`);
  const short = textWidth(label.strong);
  const at = (x: number, anchor: 'start' | 'end', inside: boolean, text: string): PlacedLabel => {
    return { x, dx: anchor === 'start' ? MARGIN : -MARGIN, anchor, inside, strong: label.strong, text };
  };
  if (whole <= room.inside) return at(start, 'start', true, label.text);
  if (whole <= room.right) return at(end, 'start', false, label.text);
  if (whole <= room.left) return at(start, 'end', false, label.text);
  if (label.strong !== '' && short <= room.inside) return at(start, 'start', true, '');
  if (label.strong !== '') return room.right >= short ? at(end, 'start', false, '') : at(start, 'end', false, '');
  return room.right >= room.left ? at(end, 'start', false, label.text) : at(start, 'end', false, label.text);
}

function pixels(share: number, width: number): number {
  return (share / 100) * width;
}

function textWidth(text: string): number {
  return text.length * CHARACTER + MARGIN * 2;
}
