import type { Coverage, Postmortem } from '../../analysis/document.ts';
import { epochMs } from '../text/time.ts';
import type { Datum, Span } from './draw.ts';
import { gapsOf, medianDistance } from './gaps.ts';
import type { HostSeries } from './host-series.ts';
import { colour, EMPTY_ROW, type LaneRow } from './row.ts';

const COLOURS: Readonly<Record<string, string>> = { collected: 'covered', empty: 'covered', truncated: 'warning' };
/** Not looked at on purpose: neither a cell nor a gap. */
const ON_PURPOSE = 'skipped';

/** One row of when samples were taken, then one for each source that could not be read in some of them. */
export function coverageRows(document: Postmortem, host: string, series: HostSeries, span: Span): readonly LaneRow[] {
  const strips = document.coverage.filter((one) => one.host === host && (one.strip?.at.length ?? 0) > 0);
  return [samplesRow(document, host, series, span), ...strips.map((one) => stripRow(one, span))];
}

function stripRow(coverage: Coverage, span: Span): LaneRow {
  const { at, status } = coverage.strip!;
  const wanted = at.filter((_, i) => status[i] !== ON_PURPOSE);
  const known = wanted.map((time) => (COLOURS[status[at.indexOf(time)] ?? ''] === undefined ? null : 1));
  const good = known.filter((one) => one !== null).length;
  return {
    ...EMPTY_ROW,
    name: coverage.source,
    peak: `${good} of ${wanted.length}`,
    data: cells(at, (i) => COLOURS[status[i] ?? ''] ?? null),
    gaps: gapsOf(wanted, known, span, 'after'),
  };
}

function samplesRow(document: Postmortem, host: string, series: HostSeries, span: Span): LaneRow {
  const at = series.sampleTimes();
  const gaps = document.quality.gaps.filter((gap) => gap.host === host);
  return {
    ...EMPTY_ROW,
    name: 'Samples',
    peak: `${at.length} samples, ${gaps.length === 0 ? 'no gap' : gaps.length === 1 ? 'one gap' : `${gaps.length} gaps`}`,
    data: cells(at, () => 'covered'),
    gaps:
      gaps.length > 0
        ? gaps.map((gap) => ({ from: epochMs(gap.start), to: epochMs(gap.end) }))
        : gapsOf(at, at, span, 'after'),
  };
}

function cells(at: readonly number[], colourAt: (i: number) => string | null): readonly Datum[] {
  const interval = medianDistance(at);
  return at.flatMap((time, i) => {
    const name = colourAt(i);
    const until = Math.min(at[i + 1] ?? time + interval, time + interval * 1.6);
    return name === null ? [] : [{ at: time, until, colour: colour(name) }];
  });
}
