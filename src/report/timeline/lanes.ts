import type { Postmortem } from '../../analysis/document.ts';
import { epochMs } from '../text/time.ts';
import { drawAllHosts } from './all-hosts.ts';
import { courseRows } from './course-rows.ts';
import { coverageRows } from './coverage-rows.ts';
import { Chart, type Drawing, type Span } from './draw.ts';
import { eventRows } from './event-rows.ts';
import { HostSeries } from './host-series.ts';
import { CHARTS, type LaneMeta, readChart } from './lane-spec.ts';
import type { LaneRow } from './row.ts';
import { seriesRows } from './series-rows.ts';
import { wasRead } from './was-read.ts';

/** A row with its drawing. */
export interface DrawnRow extends LaneRow {
  readonly drawing: Drawing;
}

/** A lane of the timeline. */
export interface Lane {
  readonly meta: LaneMeta;
  readonly rows: readonly DrawnRow[];
  /** What the lane knows but does not draw, because it did not move. */
  readonly flat: readonly string[];
}

/** The lanes of one host. */
export interface HostLanes {
  readonly host: string;
  readonly overview: DrawnRow | null;
  readonly lanes: readonly Lane[];
}

/** Charts that are no lanes of one host. */
const ELSEWHERE: readonly LaneMeta['source'][] = ['comparison', 'evidence', 'hosts'];

/** What the captures cover, never empty. */
export function recordedSpan(document: Postmortem): Span {
  const from = epochMs(document.recorded.start);
  return { from, to: Math.max(epochMs(document.recorded.end), from + 1000) };
}

/** Draws all lanes of all hosts; of several, the combined view first. */
export async function drawLanes(document: Postmortem): Promise<readonly HostLanes[]> {
  const span = recordedSpan(document);
  const charts = CHARTS.map((name) => readChart(name))
    .filter(({ meta }) => !ELSEWHERE.includes(meta.source))
    .map(({ meta, spec }) => ({ meta, chart: new Chart(spec) }));
  const hosts: HostLanes[] = document.hosts.length > 1 ? [await drawAllHosts(document, span)] : [];
  for (const { name } of document.hosts) {
    const series = new HostSeries(document.series, name);
    const lanes: Lane[] = [];
    let overview: DrawnRow | null = null;
    for (const { meta, chart } of charts.toSorted((a, b) => a.meta.order - b.meta.order)) {
      const { rows, flat } = rowsOf(meta, document, name, series, span);
      const drawn: DrawnRow[] = [];
      for (const row of rows) drawn.push({ ...row, drawing: await chart.draw(row.data, span) });
      if (meta.source === 'overview') overview = drawn[0] ?? null;
      else if (drawn.length > 0 || flat.length > 0) lanes.push({ meta, rows: drawn, flat });
    }
    hosts.push({ host: name, overview, lanes });
  }
  return hosts;
}

function rowsOf(
  meta: LaneMeta,
  document: Postmortem,
  host: string,
  series: HostSeries,
  span: Span,
): { readonly rows: readonly LaneRow[]; readonly flat: readonly string[] } {
  switch (meta.source) {
    case 'course':
      return { rows: courseRows(document, host, span), flat: [] };
    case 'events':
      return eventRows(document.timeline, host, span);
    case 'coverage':
      return { rows: coverageRows(document, host, series, span), flat: [] };
    default:
      return seriesRows(meta, series, span, wasRead(document, host, meta.sources ?? []));
  }
}
