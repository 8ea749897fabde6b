import type { Series } from '../../analysis/document.ts';
import { number, quantity } from '../../base/quantity.ts';
import { clock } from '../text/time.ts';
import type { Datum, Span } from './draw.ts';
import { gapsOf, medianDistance } from './gaps.ts';
import { type HostSeries, moves, peakOf } from './host-series.ts';
import type { LaneMeta, PartSpec, RowSpec, SeriesPattern } from './lane-spec.ts';
import { colour, EMPTY_ROW, type LaneRow } from './row.ts';
import { thin } from './thin.ts';

const MOST_ROWS = 3;
/** The limit is drawn when at least this share of it was reached; a line far above the rest would flatten it. */
const NEAR_LIMIT = 0.25;

/** The rows of a lane that show something, and one line about those that did not move. */
export interface SeriesRows {
  readonly rows: readonly LaneRow[];
  readonly flat: readonly string[];
}

interface Found {
  readonly spec: RowSpec;
  readonly dimension: string;
  readonly parts: readonly { readonly spec: PartSpec; readonly series: Series }[];
}

/** The rows of one lane for one host, after the chart's `usermeta`; `recorded`: a source of theirs was read. */
export function seriesRows(meta: LaneMeta, host: HostSeries, span: Span, recorded: boolean): SeriesRows {
  const rows: LaneRow[] = [];
  const flat: string[] = [];
  for (const spec of meta.rows ?? []) {
    const found = spec.each === true ? eachDimension(spec, host) : [oneRow(spec, host, '')];
    const moving = found.filter(
      (row) => peakValue(row) >= (spec.least ?? 0) && row.parts.some((part) => moves(part.series)),
    );
    const shown =
      moving.length > 0 ? moving.slice(0, spec.most ?? MOST_ROWS) : spec.always === true ? found.slice(0, 1) : [];
    for (const row of shown)
      rows.push(row.parts.length === 0 ? withoutSeries(spec, span, recorded) : drawnRow(meta, row, host, span));
    if (shown.length === 0 && found.some((row) => row.parts.length > 0)) flat.push(flatText(found[0]!));
    if (shown.length === 0 && found.length === 0 && spec.always === true)
      rows.push(withoutSeries(spec, span, recorded));
    const more = moving.length - shown.length;
    if (shown.length > 0 && more > 0) flat.push(`${spec.name} of ${more} more ${more === 1 ? 'peer' : 'peers'}`);
  }
  return { rows, flat };
}

function eachDimension(spec: RowSpec, host: HostSeries): readonly Found[] {
  return host
    .matching(spec.parts[0]!)
    .map((series) => oneRow(spec, host, series.dimension))
    .toSorted((a, b) => rise(b) - rise(a));
}

function oneRow(spec: RowSpec, host: HostSeries, dimension: string): Found {
  const parts = spec.parts.flatMap((part) => {
    const series = host.find(part.metric, spec.each === true ? dimension : (part.dimension ?? ''));
    return series === null ? [] : [{ spec: part, series }];
  });
  return { spec, dimension, parts };
}

function rise(row: Found): number {
  return peakValue(row) - (row.parts[0]?.series.baseline ?? 0);
}

function peakValue(row: Found): number {
  const lead = row.parts[0]?.series;
  return lead === undefined ? 0 : (peakOf(lead.at, lead.value)?.value ?? 0);
}

function withoutSeries(spec: RowSpec, span: Span, recorded: boolean): LaneRow {
  const row = { ...EMPTY_ROW, name: spec.name, note: spec.note };
  return recorded ? { ...row, peak: spec.absent ?? 'did not move' } : { ...row, peak: 'not recorded', gaps: [span] };
}

function drawnRow(meta: LaneMeta, row: Found, host: HostSeries, span: Span): LaneRow {
  const { spec } = row;
  const lead = row.parts[0]!.series;
  const holds = meta.holds ?? 'point';
  const limit = limitSeries(row, host);
  const drawnLimit = limit !== null && isNear(leadOf(row, host), limit) ? limit : null;
  const gaps = meta.missing === 'blank' ? [] : gapsOf(lead.at, lead.value, span, holds);
  const drawn = thin(
    row.parts.map((part) => part.series),
    span,
  );
  const parts = row.parts.map((part, i) => ({ spec: part.spec, series: drawn[i]! }));
  const interval = longestStep(lead.at, parts[0]!.series.at);
  return {
    ...EMPTY_ROW,
    name: spec.name,
    note: noteOf(row, host),
    ...sideTexts(row, host, limit),
    data: dataOf(parts, drawnLimit, gaps, interval),
    gaps,
    values: parts.map((part) => ({
      name: parts.length > 1 ? (part.spec.name ?? '') : '',
      unit: part.series.unit,
      at: part.series.at,
      value: part.series.value,
    })),
    holds,
    reachMs: interval * (holds === 'point' ? 0.8 : 1.6),
    key: spec.key === true ? parts.map((part) => ({ name: part.spec.name ?? '', colour: part.spec.colour })) : [],
    limit: drawnLimit === null ? null : (peakOf(drawnLimit.at, drawnLimit.value)?.value ?? null),
    ticks: meta.ticks === true ? 'all' : (spec.ticks ?? 'none'),
    unit: lead.unit,
  };
}

/** How far a value reaches: the interval of the samples, or the widest step that thinning left between two. */
function longestStep(all: readonly number[], kept: readonly number[]): number {
  const interval = medianDistance(all);
  return kept.length === all.length ? interval : Math.max(interval, ((all.at(-1)! - all[0]!) / kept.length) * 2.5);
}

function dataOf(
  parts: Found['parts'],
  limit: Series | null,
  gaps: readonly Span[],
  interval: number,
): readonly Datum[] {
  const limits = new Map(limit?.at.map((at, i) => [at, limit.value[i] ?? null]));
  const data: Datum[] = [];
  parts.forEach(({ spec, series }, rank) => {
    const common = { part: rank, rank, colour: colour(spec.colour), inner: spec.inner === true && rank > 0 };
    series.value.forEach((value, i) => {
      const at = series.at[i]!;
      if (value === null) return;
      const gap = gaps.find((one) => one.from >= at)?.from ?? Number.POSITIVE_INFINITY;
      const until = Math.min(series.at[i + 1] ?? at + interval, at + interval * 1.6, Math.max(gap, at + interval));
      data.push({ ...common, at, until, value, limit: limits.get(at) ?? null });
    });
    for (const gap of gaps) {
      const middle = (gap.from + gap.to) / 2;
      data.push({ ...common, at: middle, until: middle, value: null, limit: null });
    }
  });
  return data.toSorted((a, b) => Number(a['rank']) - Number(b['rank']) || Number(a['at']) - Number(b['at']));
}

function isNear(lead: Series, limit: Series): boolean {
  const most = peakOf(limit.at, limit.value);
  return most !== null && (peakOf(lead.at, lead.value)?.value ?? 0) >= most.value * NEAR_LIMIT;
}

/** What the value column is about: the sum of the parts where it has a name of its own. */
function leadOf(row: Found, host: HostSeries): Series {
  return (row.spec.total === undefined ? null : host.find(row.spec.total, row.dimension)) ?? row.parts[0]!.series;
}

function limitSeries(row: Found, host: HostSeries): Series | null {
  const lead = row.parts[0]!.series;
  const named = followed(row.spec.limit, row, host);
  if (named !== null) return named;
  const share = followed(row.spec.share, row, host);
  if (share === null || (peakOf(share.at, share.value)?.value ?? 0) < NEAR_LIMIT) return null;
  const shares = new Map(share.at.map((at, i) => [at, share.value[i] ?? null]));
  const value = lead.at.map((at, i) => {
    const part = shares.get(at);
    const whole = lead.value[i];
    return part && whole !== null && whole !== undefined ? Math.round(whole / part) : null;
  });
  return { ...lead, value };
}

function followed(pattern: SeriesPattern | undefined, row: Found, host: HostSeries): Series | null {
  if (pattern === undefined) return null;
  return host.find(pattern.metric, row.spec.each === true ? row.dimension : (pattern.dimension ?? ''));
}

function sideTexts(row: Found, host: HostSeries, limit: Series | null): { peak: string; usual: string } {
  const lead = leadOf(row, host);
  const peak = peakOf(lead.at, lead.value);
  if (peak === null) return { peak: 'no value', usual: '' };
  const most = limit === null ? null : peakOf(limit.at, limit.value);
  const share = row.spec.share === undefined ? null : followed(row.spec.share, row, host);
  const fill = share === null ? null : peakOf(share.at, share.value);
  const of = most === null ? '' : ` of ${number(most.value)}`;
  const usual = lead.baseline === null ? [] : [`usual ${quantity(lead.baseline, lead.unit)}`];
  const inner = row.parts
    .slice(1)
    .filter((part) => part.spec.inner === true)
    .map(innerText);
  if (fill !== null) usual.push(`at most ${quantity(fill.value, 'ratio')} full`);
  return {
    peak: `peak ${quantity(peak.value, lead.unit)}${of} at ${clock(peak.at)}`,
    usual: [...usual, ...inner.filter((text) => text !== '')].join('; '),
  };
}

function innerText(part: { readonly spec: PartSpec; readonly series: Series }): string {
  const peak = peakOf(part.series.at, part.series.value);
  return peak === null || peak.value === 0 ? '' : `${quantity(peak.value, part.series.unit)} ${part.spec.name ?? ''}`;
}

function noteOf(row: Found, host: HostSeries): string {
  if (row.dimension === '') return row.spec.note;
  const named = (list: readonly string[]): string => list.filter((text) => text !== '').join(', ');
  const metric = row.parts[0]?.spec.metric ?? '';
  if (!metric.startsWith('sockets_') || host.isListener(row.dimension)) {
    return named([row.dimension, row.spec.note]);
  }
  return `to ${row.dimension}`;
}

function flatText(row: Found): string {
  const { series } = row.parts[0]!;
  const text = quantity(peakValue(row), series.unit);
  return `${row.spec.name} ${moves(series) ? 'at most ' : ''}${text}`;
}
