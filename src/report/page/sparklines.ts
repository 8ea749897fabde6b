import type { Evidence, Postmortem } from '../../analysis/document.ts';
import { Chart, type Span } from '../timeline/draw.ts';
import { gapsOf } from '../timeline/gaps.ts';
import { HostSeries, moves } from '../timeline/host-series.ts';
import { CHARTS, type PartSpec, type RowSpec, readChart } from '../timeline/lane-spec.ts';
import { colour } from '../timeline/row.ts';
import { thin } from '../timeline/thin.ts';
import type { Sparklines } from './findings.ts';

const SPARK_COLUMNS = 120;

/** Draws the metric that a piece of evidence names, where it moved, in the colour of its lane. */
export async function drawSparklines(document: Postmortem, span: Span): Promise<Sparklines> {
  const chart = new Chart(readChart('sparkline').spec);
  const parts = laneParts();
  const drawn = new Map<Evidence, string>();
  for (const finding of document.findings) {
    const host = new HostSeries(document.series, finding.host);
    for (const evidence of finding.evidence) {
      const series = evidence.metric === undefined ? null : host.find(evidence.metric, evidence.dimension ?? '');
      if (series === null || !moves(series)) continue;
      const [drawnSeries] = thin([series], span, SPARK_COLUMNS);
      const common = { part: 0, colour: colour(colourOf(parts, series.metric, series.dimension)) };
      const data = [
        ...drawnSeries!.at.map((at, i) => ({ ...common, at, value: drawnSeries!.value[i] ?? null })),
        ...gapsOf(series.at, series.value, span).map(({ from, to }) => ({
          ...common,
          at: (from + to) / 2,
          value: null,
        })),
      ].toSorted((a, b) => a.at - b.at);
      drawn.set(evidence, (await chart.draw(data, span)).marks);
    }
  }
  return drawn;
}

function laneParts(): readonly PartSpec[] {
  const lanes = CHARTS.map((name) => readChart(name).meta).filter((meta) => meta.source === undefined);
  return lanes.flatMap((meta): readonly RowSpec[] => meta.rows ?? []).flatMap((row): readonly PartSpec[] => row.parts);
}

function colourOf(parts: readonly PartSpec[], metric: string, dimension: string): string {
  const same = parts.filter((part) => part.metric === metric);
  return (same.find((part) => part.dimension === dimension) ?? same[0])?.colour ?? 'event';
}
