import { percent } from './axis.ts';
import type { Span } from './draw.ts';
import type { PlotLabel } from './row.ts';

/** Mean width of a character of a 13 px label, in pixels: on the safe side. */
const CHARACTER = 7.2;
const MARGIN = 7;
/** Fewer characters than this are not worth showing. */
const LEAST = 14;

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
 * Places a label for a plot that is `width` pixels wide: whole inside the bar, whole beside it, cut inside it, or its
 * strong part alone. `reports/client` does the same again after a zoom, with the text's real width.
 */
export function placeLabel(label: PlotLabel, span: Span, width: number): PlacedLabel {
  const { strong, text } = label;
  const start = Math.max(0, percent(label.from, span));
  const end = Math.min(100, percent(label.to, span));
  const outside = label.outside === true;
  const room = {
    inside: outside ? 0 : pixels(end - start, width),
    right: pixels(100 - end, width),
    left: pixels(start, width),
  };
  const inside = { x: start, dx: MARGIN, anchor: 'start', inside: true, strong } as const;
  const right = { x: end, dx: MARGIN, anchor: 'start', inside: false, strong } as const;
  const left = { x: start, dx: -MARGIN, anchor: 'end', inside: false, strong } as const;
  const beside = room.right >= room.left ? right : left;
  const whole = textWidth(`${strong}  ${text}`);
  if (whole <= room.inside) return { ...inside, text };
  if (whole <= room.right) return { ...right, text };
  if (whole <= room.left && (strong === '' || outside)) return { ...left, text };
  if (strong === '' || outside) return { ...beside, text: cutTo(text, Math.max(room.right, room.left)) };
  const cut = cutTo(text, room.inside - textWidth(strong));
  if (cut !== '') return { ...inside, text: cut };
  return textWidth(strong) <= room.inside ? { ...inside, text: '' } : { ...beside, text: '' };
}

/** As much of the text as fits, with an ellipsis; nothing where too little would be left to be understood. */
function cutTo(text: string, width: number): string {
  const fitting = Math.floor((width - MARGIN * 2) / CHARACTER) - 1;
  return fitting < LEAST ? '' : `${text.slice(0, fitting).trimEnd()}…`;
}

function pixels(share: number, width: number): number {
  return (share / 100) * width;
}

function textWidth(text: string): number {
  return text.length * CHARACTER + MARGIN * 2;
}
