import type { VNode } from 'preact';
import { quantity } from '../../base/quantity.ts';
import { percent } from '../timeline/axis.ts';
import type { ScaleTick, Span } from '../timeline/draw.ts';
import type { DrawnRow } from '../timeline/lanes.ts';
import { type Content, el } from './element.ts';
import { plotLabels } from './plot-text.ts';
import { trusted } from './raw.ts';

/** A row of a lane: its name, its plot and its values; `index` is its number for the client, `link` what its name leads to. */
export function laneRow(row: DrawnRow, span: Span, index: number, link?: string): Content {
  const bar = row.bar === null ? {} : { 'data-bar-from': row.bar.from, 'data-bar-to': row.bar.to };
  const described = [row.name, row.note, row.peak, row.usual].filter((text) => text !== '').join(', ');
  return [
    el('div', { class: row.ticks === 'none' ? 'row' : 'row ticked', 'data-row': index, ...bar }, [
      el('div', { class: 'name' }, [
        el('b', { title: row.name }, link === undefined ? row.name : el('a', { href: link }, row.name)),
        row.note !== '' && el('small', { title: row.note }, row.note),
      ]),
      ticksOf(row),
      el('svg', { class: 'plot', height: row.drawing.height, role: 'img', 'aria-label': described }, [
        ...gapRects(row, span),
        ...(row.ticks === 'all' ? spaced(row.drawing.ticks) : []).map(({ y }) =>
          el('line', { class: 'tick', x1: 0, x2: '100%', y1: y, y2: y }),
        ),
        el('line', { class: 'zero', x1: 0, x2: '100%', y1: row.drawing.height - 0.5, y2: row.drawing.height - 0.5 }),
        drawing(row, false),
        ...row.labels.flatMap((label) => plotLabels(label, span, row.drawing.height / 2 + 5.5)),
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
export function drawing(row: DrawnRow, fixed: boolean): VNode {
  return trusted('svg', row.drawing.marks, {
    class: fixed ? 'marks fixed' : 'marks',
    viewBox: `0 0 ${row.drawing.width} ${row.drawing.height}`,
    preserveAspectRatio: 'none',
    width: '100%',
    height: String(row.drawing.height),
  });
}

function gapRects(row: DrawnRow, span: Span): readonly VNode[] {
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
function spaced(ticks: readonly ScaleTick[]): readonly ScaleTick[] {
  const kept: ScaleTick[] = [];
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
