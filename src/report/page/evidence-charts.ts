import type { Evidence, Finding, Postmortem, Series } from '../../analysis/document.ts';
import { Chart, type Datum, type Drawing, type Span } from '../timeline/draw.ts';
import { gapsOf } from '../timeline/gaps.ts';
import { HostSeries, moves } from '../timeline/host-series.ts';
import { CHARTS, type PartSpec, type RowSpec, readChart } from '../timeline/lane-spec.ts';
import { colour } from '../timeline/row.ts';
import { thin } from '../timeline/thin.ts';

/** Two samples a column: one a pixel of what is drawn. */
const SPARK_COLUMNS = 60;
const CHART_COLUMNS = 120;

/** The course of the metric that a finding rests on first. */
export interface FindingChart {
  readonly evidence: Evidence;
  readonly series: Series;
  readonly drawing: Drawing;
}

/** Drawings of the evidence: a small one beside each piece whose metric moved, and a larger one a finding. */
export interface EvidenceCharts {
  readonly span: Span;
  readonly sparklines: ReadonlyMap<Evidence, string>;
  readonly charts: ReadonlyMap<Finding, FindingChart>;
}

/** Draws the metrics that pieces of evidence name, where they moved, each in the colour of its lane. */
export async function drawEvidence(document: Postmortem, span: Span): Promise<EvidenceCharts> {
  const spark = new Chart(readChart('sparkline').spec);
  const large = new Chart(readChart('finding').spec);
  const parts = laneParts();
  const sparklines = new Map<Evidence, string>();
  const charts = new Map<Finding, FindingChart>();
  for (const finding of document.findings) {
    const host = new HostSeries(document.series, finding.host);
    for (const evidence of finding.evidence) {
      const series = evidence.metric === undefined ? null : host.find(evidence.metric, evidence.dimension ?? '');
      if (series === null || !moves(series)) continue;
      const inColour = colour(colourOf(parts, series.metric, series.dimension));
      sparklines.set(evidence, (await spark.draw(dataOf(series, inColour, span, SPARK_COLUMNS), span)).marks);
      if (charts.has(finding)) continue;
      const drawing = await large.draw(dataOf(series, inColour, span, CHART_COLUMNS), span);
      charts.set(finding, { evidence, series, drawing });
    }
  }
  return { span, sparklines, charts };
}

function dataOf(series: Series, inColour: string, span: Span, columns: number): readonly Datum[] {
  const [drawn] = thin([series], span, columns);
  const common = { part: 0, colour: inColour, usual: series.baseline };
  const values = drawn!.at.map((at, i) => ({ ...common, at, value: drawn!.value[i] ?? null }));
  const gaps = gapsOf(series.at, series.value, span).map(({ from, to }) => ({
    ...common,
    at: (from + to) / 2,
    value: null,
  }));
  return [...values, ...gaps].toSorted((a, b) => a.at - b.at);
}

function laneParts(): readonly PartSpec[] {
  const lanes = CHARTS.map((name) => readChart(name).meta).filter((meta) => meta.source === undefined);
  return lanes.flatMap((meta): readonly RowSpec[] => meta.rows ?? []).flatMap((row): readonly PartSpec[] => row.parts);
}

function colourOf(parts: readonly PartSpec[], metric: string, dimension: string): string {
  const same = parts.filter((part) => part.metric === metric);
  return (same.find((part) => part.dimension === dimension) ?? same[0])?.colour ?? 'event';
}
