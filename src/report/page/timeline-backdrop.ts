import type { VNode } from 'preact';
import type { Postmortem } from '../../analysis/document.ts';
import type { HostClock } from '../text/host-clock.ts';
import { epochMs, timeSpan } from '../text/time.ts';
import { clockTicks, onsetTicks, percent, type Tick } from '../timeline/axis.ts';
import type { Span } from '../timeline/draw.ts';
import { rootOf } from './cards.ts';
import { el } from './element.ts';
import { PLOT_SIZES, plotLabels } from './plot-text.ts';

const AXIS_HEIGHT = 22;

/** The times that all lanes of a page share. */
export interface Frame {
  readonly span: Span;
  readonly onset: number | null;
  readonly causeEnd: number | null;
  readonly end: number | null;
}

/** What is recorded, and the window with the end of its cause. */
export function frameOf(document: Postmortem, span: Span): Frame {
  const cause = rootOf(document);
  const end = document.window === null ? null : epochMs(document.window.end);
  return {
    span,
    onset: document.window === null ? null : epochMs(document.window.start),
    causeEnd:
      cause?.end === undefined ? end : cause.end === null ? span.to : Math.min(epochMs(cause.end), end ?? span.to),
    end,
  };
}

/** The shades of the window: until the cause ended, and until everything was usual again. */
export function tints({ span, onset, causeEnd, end }: Frame): readonly VNode[] {
  if (onset === null || end === null || causeEnd === null) return [];
  return [tint('drain', causeEnd, end, span), tint('window', onset, causeEnd, span)];
}

function tint(className: string, from: number, to: number, span: Span): VNode {
  const x = percent(from, span);
  return el('rect', {
    class: className,
    'data-from': from,
    'data-to': to,
    x: `${x}%`,
    y: 0,
    width: `${Math.max(0, percent(to, span) - x)}%`,
    height: '100%',
  });
}

/** Lines at round times and at both ends of the window. */
export function grid({ span, onset, end }: Frame): readonly VNode[] {
  const line = (className: string, at: number): VNode =>
    el('line', {
      class: className,
      'data-at': at,
      x1: `${percent(at, span)}%`,
      x2: `${percent(at, span)}%`,
      y1: 0,
      y2: '100%',
    });
  return [
    el(
      'g',
      { class: 'grid' },
      clockTicks(span, PLOT_SIZES[0]!.ticks).map((tick) => line('', tick.at)),
    ),
    ...(onset === null ? [] : [line('edge', onset)]),
    ...(end === null ? [] : [line('edge', end)]),
  ];
}

/** UTC above the lanes. */
export function clockAxis(frame: Frame): VNode {
  return axis('UTC', 'clocks', (most) => clockTicks(frame.span, most), frame);
}

/** The clock of a host that does not show UTC. */
export function hostAxis(frame: Frame, clock: HostClock): VNode {
  const ticks = (most: number): readonly Tick[] => clockTicks(frame.span, most, (at) => clock.shiftMs(at));
  return axis(clock.name, 'clocks', ticks, frame, clock);
}

/** The distance to the onset, below the lanes. */
export function onsetAxis(frame: Frame, onset: number): VNode {
  return axis('since onset', 'offsets', (most) => onsetTicks(frame.span, onset, most), frame);
}

/** Names the shade. */
export function windowLabel({ span }: Frame, onset: number, end: number): VNode {
  const label = { from: onset, to: onset, strong: 'Window found', text: timeSpan(onset, end), outside: true };
  return el(
    'div',
    { class: 'row found' },
    el('svg', { class: 'plot', height: 18, 'aria-hidden': 'true' }, plotLabels(label, span, 13)),
  );
}

function axis(
  name: string,
  kind: string,
  ticks: (most: number) => readonly Tick[],
  { span }: Frame,
  clock?: HostClock,
): VNode {
  const texts = PLOT_SIZES.flatMap((size) =>
    ticks(size.ticks)
      .map(({ at, label }) => ({ x: percent(at, span), label }))
      .filter(({ x }) => x >= 2 && x <= 98)
      .map(({ x, label }) => el('text', { class: size.kind, x: `${x}%`, y: 15, 'text-anchor': 'middle' }, label)),
  );
  return el('div', { class: 'row axis' }, [
    el('div', { class: 'name' }, name),
    el(
      'svg',
      {
        class: `plot ${kind}`,
        height: AXIS_HEIGHT,
        'aria-hidden': 'true',
        'data-zone': clock?.id,
        'data-shift': clock?.shiftMs(span.from),
      },
      texts,
    ),
  ]);
}
