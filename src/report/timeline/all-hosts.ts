import type { Postmortem } from '../../analysis/document.ts';
import { courseRows } from './course-rows.ts';
import { Chart, type Span } from './draw.ts';
import { HostSeries, peakOf } from './host-series.ts';
import { readChart } from './lane-spec.ts';
import type { DrawnRow, HostLanes, Lane } from './lanes.ts';
import { seriesRows } from './series-rows.ts';
import { wasRead } from './was-read.ts';

/** The name of the combined view, which is of no single host. */
export const ALL_HOSTS = '';

/** Several hosts on one axis: their courses in order of onset, and what their users got on common scales. */
export async function drawAllHosts(document: Postmortem, span: Span): Promise<HostLanes> {
  const lanes = [await courses(document, span), await sideBySide(document, span)];
  return { host: ALL_HOSTS, overview: null, lanes: lanes.filter(({ rows }) => rows.length > 0) };
}

async function courses(document: Postmortem, span: Span): Promise<Lane> {
  const { meta, spec } = readChart('course');
  const chart = new Chart(spec);
  const rows = document.hosts
    .flatMap(({ name }) => courseRows(document, name, span).map((row) => ({ ...row, note: named(row.note, name) })))
    .filter(({ data }) => data.length > 0)
    .toSorted((a, b) => Number(a.data[0]!['at']) - Number(b.data[0]!['at']));
  const drawn: DrawnRow[] = [];
  for (const row of rows) {
    // The line from one bar to the next says that one led to the other: not so across hosts.
    const data = row.data.map((datum) => ({ ...datum, after: null }));
    drawn.push({ ...row, data, drawing: await chart.draw(data, span) });
  }
  return {
    meta: { ...meta, note: 'all hosts in order of onset, as far as their clocks agree' },
    rows: drawn,
    flat: [],
  };
}

async function sideBySide(document: Postmortem, span: Span): Promise<Lane> {
  const { meta, spec } = readChart('hosts');
  const chart = new Chart(spec);
  const hosts = document.hosts.map(({ name }) => ({ name, series: new HostSeries(document.series, name) }));
  const rows: DrawnRow[] = [];
  for (const row of meta.rows ?? []) {
    const part = row.parts[0]!;
    const found = hosts.map(({ series }) => series.find(part.metric, part.dimension ?? ''));
    const top = Math.max(0, ...found.map((one) => (one === null ? 0 : (peakOf(one.at, one.value)?.value ?? 0))));
    if (top === 0) continue;
    for (const { name, series } of hosts) {
      const one = {
        ...meta,
        holds: row.holds ?? meta.holds ?? 'point',
        rows: [{ ...row, name, note: row.note, always: true }],
      };
      for (const made of seriesRows(one, series, span, wasRead(document, name, row.sources ?? meta.sources ?? []))
        .rows) {
        rows.push({ ...made, drawing: await chart.draw(made.data, span, top) });
      }
    }
  }
  return { meta, rows, flat: [] };
}

function named(note: string, host: string): string {
  return note === '' ? host : `${host}, ${note}`;
}
