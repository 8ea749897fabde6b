import type { ComparedMetric, Distribution } from '../../analysis/comparison-document.ts';
import { Chart, type Datum } from '../timeline/draw.ts';
import { readChart } from '../timeline/lane-spec.ts';
import { colour } from '../timeline/row.ts';

/** What is drawn of a metric, as SVG marks in their box. */
export interface MetricDrawing {
  readonly pair: string;
  readonly distribution: string | null;
  readonly top: number;
}

export const BOX = { width: 900, pair: 72, distribution: 110 } as const;
/** The part of the width that keeps the two sides apart. */
const GAP = 0.02;

/** Draws both sides of each primary metric on one scale and in one colour, and the distribution of latencies. */
export async function drawMetrics(
  metrics: readonly ComparedMetric[],
): Promise<ReadonlyMap<ComparedMetric, MetricDrawing>> {
  const pair = new Chart(readChart('comparison-pair').spec);
  const distribution = new Chart(readChart('comparison-distribution').spec);
  const drawn = new Map<ComparedMetric, MetricDrawing>();
  for (const metric of metrics) {
    if (!metric.primary || metric.course === null) continue;
    const { before, after } = metric.course;
    const length = Math.max(
      1,
      ...before.at.map((at) => at - before.at[0]!),
      ...after.at.map((at) => at - after.at[0]!),
    );
    const second = length * (1 + 2 * GAP);
    const rows = [before, after].flatMap((course, part): Datum[] =>
      course.at.map((at, i) => ({
        at: at - course.at[0]! + part * second,
        value: course.value[i]!,
        part,
        colour: colour('counter'),
      })),
    );
    const top = Math.max(...before.value, ...after.value);
    const span = { from: 0, to: second + length };
    drawn.set(metric, {
      pair: top > 0 ? (await pair.draw(rows, span)).marks : '',
      distribution: metric.distribution === null ? null : await drawDistribution(distribution, metric.distribution),
      top,
    });
  }
  return drawn;
}

async function drawDistribution(
  chart: Chart,
  { before, after }: { readonly before: Distribution; readonly after: Distribution },
): Promise<string> {
  const rows = [before, after].flatMap(({ at, share }, part): Datum[] =>
    at.map((seconds, i) => ({
      at: Math.log10(seconds),
      value: share[i]!,
      dash: part === 0,
      colour: colour('counter'),
    })),
  );
  const times = rows.map((row) => Number(row['at']));
  return (await chart.draw(rows, { from: Math.min(...times), to: Math.max(...times) })).marks;
}
