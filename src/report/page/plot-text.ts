import type { VNode } from 'preact';
import type { Span } from '../timeline/draw.ts';
import { placeLabel } from '../timeline/label.ts';
import type { PlotLabel } from '../timeline/row.ts';
import { el } from './element.ts';

/** A width the page is drawn for, in pixels of the plot, and how many labels of the time axis fit there. */
export interface PlotSize {
  readonly kind: 'w' | 'n' | 'p';
  readonly width: number;
  readonly ticks: number;
}

/** Wide, narrow and printed: the style sheet shows one of them; on a screen the client script measures for itself. */
export const PLOT_SIZES: readonly PlotSize[] = [
  { kind: 'w', width: 830, ticks: 10 },
  { kind: 'n', width: 350, ticks: 5 },
  { kind: 'p', width: 620, ticks: 8 },
];

const TEXT_DISTANCE = 7;

/** A label at height `y` of a plot, once for each size. */
export function plotLabels(label: PlotLabel, span: Span, y: number): readonly VNode[] {
  return PLOT_SIZES.map(({ kind, width }) => {
    const { x, dx, anchor, inside, strong, text } = placeLabel(label, span, width);
    return el(
      'text',
      {
        class: `label ${kind}${inside ? ' inside' : ''}`,
        x: `${x}%`,
        dx,
        y,
        'text-anchor': anchor,
        'data-from': label.from,
        'data-to': label.to,
        'data-strong': label.strong,
        'data-text': label.text,
        'data-outside': label.outside,
      },
      strong !== '' && el('tspan', { class: 'strong' }, strong),
      text !== '' && el('tspan', strong === '' ? null : { dx: TEXT_DISTANCE }, text),
    );
  });
}
