import type { VNode } from 'preact';
import type { Postmortem } from '../../analysis/document.ts';
import { quantity } from '../text/quantity.ts';
import { clock, duration, epochMs, timeSpan } from '../text/time.ts';
import { clockTicks, onsetTicks, percent, type Tick } from '../timeline/axis.ts';
import type { Span } from '../timeline/draw.ts';
import { placeLabel } from '../timeline/label.ts';
import type { DrawnRow, HostLanes, Lane } from '../timeline/lanes.ts';
import type { PlotLabel } from '../timeline/row.ts';
import { type Content, el } from './element.ts';
import { trusted } from './raw.ts';

/** Plot widths the page is drawn for, in pixels, and how many labels of the axis fit. */
const WIDE = { kind: 'w', width: 850, clocks: 8, offsets: 11 };
const NARROW = { kind: 'n', width: 350, clocks: 4, offsets: 4 };
const AXIS_HEIGHT = 22;

interface Frame {
  readonly span: Span;
  readonly onset: number | null;
  readonly causeEnd: number | null;
  readonly end: number | null;
}

/** The timeline: lanes on one time axis, complete without scripts. `rowIndex` numbers the rows for the client. */
export function timelineSection(document: Postmortem, hosts: readonly HostLanes[], span: Span): VNode {
  const frame = frameOf(document, span);
  let index = 0;
  const numbered = (): number => index++;
  return el('section', { id: 'timeline', 'aria-labelledby': 'h-timeline' }, [
    el('h2', { id: 'h-timeline' }, 'Timeline'),
    el('p', { class: 'sub scripted', id: 'timeline-help' }, [
      'Drag to zoom, double-click or Escape to go back. With the keyboard: ',
      el('kbd', null, '←'),
      el('kbd', null, '→'),
      ' move the crosshair, ',
      el('kbd', null, '+'),
      el('kbd', null, '−'),
      ' zoom.',
    ]),
    el('div', { class: 'shown', id: 'shown', hidden: true }, [
      el('output', { id: 'shown-span' }),
      el('button', { type: 'button', id: 'show-all' }, 'Show all'),
    ]),
    el('figure', { class: 'timeline' }, [
      ...hosts.map((lanes) => hostFigure(lanes, frame, hosts.length > 1, numbered)),
      el('figcaption', null, caption(document, frame)),
    ]),
    el('p', { class: 'visually-hidden', id: 'crosshair-text', 'aria-live': 'polite' }),
  ]);
}

function frameOf(document: Postmortem, span: Span): Frame {
  const cause = document.findings.find((finding) => finding.id === document.verdict.rootCause);
  const end = document.window === null ? null : epochMs(document.window.end);
  return {
    span,
    onset: document.window === null ? null : epochMs(document.window.start),
    causeEnd:
      cause?.end === undefined ? end : cause.end === null ? span.to : Math.min(epochMs(cause.end), end ?? span.to),
    end,
  };
}

function hostFigure(host: HostLanes, frame: Frame, named: boolean, numbered: () => number): VNode {
  return el('div', { class: 'host' }, [
    named && el('h3', null, `Host ${host.host}`),
    host.overview !== null && overview(host.overview, frame),
    el('div', { class: 'stage' }, [
      el('svg', { class: 'under', 'aria-hidden': 'true' }, [...tints(frame), ...grid(frame)]),
      axis('UTC', 'clocks', (most) => clockTicks(frame.span, most), frame, AXIS_HEIGHT),
      frame.onset !== null && windowLabel(frame),
      ...host.lanes.map((lane) => laneBlock(lane, frame, numbered)),
      frame.onset !== null &&
        axis('since onset', 'offsets', (most) => onsetTicks(frame.span, frame.onset!, most), frame, AXIS_HEIGHT),
      el(
        'svg',
        {
          class: 'over',
          tabindex: 0,
          role: 'application',
          'aria-label': 'Timeline crosshair',
          'aria-describedby': 'timeline-help',
        },
        [
          el('rect', { class: 'selection', width: 0, height: '100%' }),
          el('line', { class: 'crosshair', x1: '-9', x2: '-9', y1: 0, y2: '100%' }),
        ],
      ),
    ]),
  ]);
}

function overview(row: DrawnRow, frame: Frame): VNode {
  return el('div', { class: 'row overview' }, [
    el('div', { class: 'name' }, [el('b', null, row.name), el('small', null, row.note)]),
    el('svg', { class: 'plot', height: row.drawing.height, 'aria-hidden': 'true' }, [
      ...tints(frame),
      drawing(row, true),
      el('rect', { class: 'frame', x: 0, y: 0.5, width: '100%', height: row.drawing.height - 1 }),
    ]),
    el('div', { class: 'value' }, [
      el('span', null, timeSpan(frame.span.from, frame.span.to)),
      el('small', { class: 'scripted' }, 'the frame is what is shown'),
    ]),
  ]);
}

function laneBlock(lane: Lane, frame: Frame, numbered: () => number): VNode {
  return el('div', { class: `lane ${lane.meta.id}` }, [
    el('h3', null, [lane.meta.title, ' ', el('small', null, lane.meta.note)]),
    ...lane.rows.map((row) => laneRow(row, frame, numbered())),
    lane.flat.length > 0 && el('p', { class: 'flat' }, `Not drawn, as they hardly moved: ${lane.flat.join(', ')}`),
  ]);
}

function laneRow(row: DrawnRow, frame: Frame, index: number): Content {
  const described = [row.name, row.note, row.peak, row.usual].filter((text) => text !== '').join(', ');
  return [
    el('div', { class: row.ticks === 'none' ? 'row' : 'row ticked', 'data-row': index }, [
      el('div', { class: 'name' }, [
        el('b', { title: row.name }, row.name),
        row.note !== '' && el('small', { title: row.note }, row.note),
      ]),
      ticksOf(row),
      el('svg', { class: 'plot', height: row.drawing.height, role: 'img', 'aria-label': described }, [
        ...gapRects(row, frame),
        el('line', { class: 'zero', x1: 0, x2: '100%', y1: row.drawing.height - 0.5, y2: row.drawing.height - 0.5 }),
        drawing(row, false),
        ...row.labels.flatMap((label) => [plotLabel(label, row, frame, WIDE), plotLabel(label, row, frame, NARROW)]),
      ]),
      el('div', { class: 'value' }, [
        el('span', { class: 'rest' }, row.peak),
        row.usual !== '' && el('small', { class: 'rest' }, row.usual),
        el('output', { class: 'live', 'aria-live': 'off' }),
      ]),
    ]),
    row.key.length > 0 && colourKey(row),
  ];
}

/** A zoom sets the viewBox of these, and of nothing else: the box is the span of time, strokes keep their width. */
function drawing(row: DrawnRow, fixed: boolean): VNode {
  return trusted('svg', row.drawing.marks, {
    class: fixed ? 'marks fixed' : 'marks',
    viewBox: `0 0 ${row.drawing.width} ${row.drawing.height}`,
    preserveAspectRatio: 'none',
    width: '100%',
    height: String(row.drawing.height),
  });
}

function gapRects(row: DrawnRow, { span }: Frame): readonly VNode[] {
  return row.gaps.map(({ from, to }) => {
    const x = Math.max(0, percent(from, span));
    return el('rect', {
      class: 'gap',
      'data-from': from,
      'data-to': to,
      x: `${x}%`,
      y: 0,
      width: `${Math.min(100, percent(to, span)) - x}%`,
      height: '100%',
    });
  });
}

function plotLabel(label: PlotLabel, row: DrawnRow, { span }: Frame, size: typeof WIDE): VNode {
  const placed = placeLabel(label, span, size.width);
  return el(
    'text',
    {
      class: `label ${size.kind}${placed.inside ? ' inside' : ''}`,
      x: `${placed.x}%`,
      dx: placed.dx,
      y: row.drawing.height / 2 + 5.5,
      'text-anchor': placed.anchor,
      'data-from': label.from,
      'data-to': label.to,
      'data-strong': label.strong,
      'data-text': label.text,
    },
    [
      placed.strong !== '' && el('tspan', { class: 'strong' }, placed.strong),
      placed.text !== '' && el('tspan', { dx: placed.strong === '' ? 0 : 7 }, placed.text),
    ],
  );
}

function ticksOf(row: DrawnRow): VNode | null {
  if (row.ticks === 'none' || row.drawing.ticks.length === 0) return null;
  const { ticks, height } = row.drawing;
  const top = ticks.at(-1)!;
  const limit =
    row.limit === null
      ? null
      : { value: row.limit, y: top.y + ((top.value - row.limit) / (top.value || 1)) * (height - 1 - top.y) };
  const shown =
    row.ticks === 'limit' ? (limit === null ? [] : [limit]) : spaced(ticks.filter((tick) => tick.value !== 0));
  return el(
    'svg',
    { class: 'ticks', height, 'aria-hidden': 'true' },
    shown.map((tick) =>
      el(
        'text',
        { x: '100%', dx: -5, y: Math.min(Math.max(tick.y + 4, 9), height), 'text-anchor': 'end' },
        quantity(tick.value, row.unit),
      ),
    ),
  );
}

/** Ticks from the top that leave 13 pixels between them. */
function spaced(
  ticks: readonly { readonly value: number; readonly y: number }[],
): readonly { readonly value: number; readonly y: number }[] {
  const kept: { readonly value: number; readonly y: number }[] = [];
  for (const tick of ticks.toSorted((a, b) => a.y - b.y)) {
    if (kept.length === 0 || tick.y - kept.at(-1)!.y >= 14) kept.push(tick);
  }
  return kept;
}

function colourKey(row: DrawnRow): VNode {
  return el('div', { class: 'row key' }, [
    el('ul', { class: 'plot' }, [
      ...row.key.map((entry) => el('li', null, [square(`fill ${entry.colour}`), entry.name])),
      row.gaps.length > 0 && el('li', null, [square('gap'), 'no answer']),
    ]),
  ]);
}

function square(className: string): VNode {
  return el(
    'svg',
    { width: 11, height: 11, 'aria-hidden': 'true' },
    el('rect', { class: className, width: 11, height: 11 }),
  );
}

function tints({ span, onset, causeEnd, end }: Frame): readonly VNode[] {
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

function grid({ span, onset, end }: Frame): readonly VNode[] {
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
      clockTicks(span, WIDE.clocks).map((tick) => line('', tick.at)),
    ),
    ...(onset === null ? [] : [line('edge', onset)]),
    ...(end === null ? [] : [line('edge', end)]),
  ];
}

function axis(
  name: string,
  kind: 'clocks' | 'offsets',
  ticks: (most: number) => readonly Tick[],
  { span }: Frame,
  height: number,
): VNode {
  const texts = (size: typeof WIDE): readonly VNode[] =>
    ticks(size[kind])
      .filter((tick) => percent(tick.at, span) >= 2 && percent(tick.at, span) <= 98)
      .map((tick) =>
        el('text', { class: size.kind, x: `${percent(tick.at, span)}%`, y: 15, 'text-anchor': 'middle' }, tick.label),
      );
  return el('div', { class: 'row axis' }, [
    el('div', { class: 'name' }, name),
    el('svg', { class: `plot ${kind}`, height, 'aria-hidden': 'true' }, [...texts(WIDE), ...texts(NARROW)]),
  ]);
}

function windowLabel({ span, onset, end }: Frame): VNode {
  const text = `${clock(onset!)} to ${clock(end!)}`;
  const label = { from: onset!, to: onset!, strong: `Window found: ${text}`, text: '' };
  const one = (size: typeof WIDE): VNode => {
    const placed = placeLabel(label, span, size.width);
    return el(
      'text',
      {
        class: `label ${size.kind}`,
        x: `${placed.x}%`,
        dx: placed.dx,
        y: 13,
        'text-anchor': placed.anchor,
        'data-from': label.from,
        'data-to': label.to,
        'data-strong': label.strong,
        'data-text': '',
      },
      el('tspan', { class: 'strong' }, label.strong),
    );
  };
  return el(
    'div',
    { class: 'row found' },
    el('svg', { class: 'plot', height: 18, 'aria-hidden': 'true' }, [one(WIDE), one(NARROW)]),
  );
}

function caption(document: Postmortem, frame: Frame): string {
  const interval = document.runs.find((run) => run.intervalS !== null)?.intervalS ?? null;
  const sentences = [
    frame.onset === null
      ? 'Nothing above usual was found, so no window is shaded.'
      : `Shaded: the window that was found, ${timeSpan(frame.onset, frame.end!)}${frame.causeEnd! < frame.end! ? ', lighter after the cause had ended' : ''}.`,
    interval === null ? '' : `Samples every ${duration(interval)}; an onset is known to one sample.`,
    '“Usual” is what the same recording shows when quiet.',
    'Missing values are hatched, never zero.',
  ];
  return sentences.filter((text) => text !== '').join(' ');
}
