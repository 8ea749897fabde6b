import { blockTest } from '../statistics/block-test.ts';
import { FEWEST_BLOCKS } from '../statistics/blocks.ts';
import { LEVEL } from '../statistics/level.ts';
import { mean, variance } from '../statistics/moments.ts';
import { permutationP, smallestP } from '../statistics/permutation.ts';
import { welch } from '../statistics/welch.ts';
import { isBursty, judgeCounter } from './judge-counter.ts';
import type { Judged } from './judged.ts';
import { counted, influence, level, type RunSeries, sampleCount } from './side-series.ts';

const NOTHING: Judged = {
  method: 'none',
  p: null,
  interval: null,
  units: null,
  effective: null,
  neededSamples: null,
  note: null,
};

/** What sort of series it is, and how draws are seeded. */
export interface SeriesKind {
  readonly kind: 'gauge' | 'rate' | 'ratio';
  readonly seed: number;
}

/** Tests the difference between two sides of a series: by runs where there are several, else by what the series is. */
export function judgeSeries(before: readonly RunSeries[], after: readonly RunSeries[], how: SeriesKind): Judged {
  if (isConstant(before) && isConstant(after) && sampleCount(before) > 1 && sampleCount(after) > 1)
    return constant(before, after);
  if (before.length > 1 || after.length > 1) return judgeRuns(before.map(level), after.map(level), how.seed);
  const [a, b] = [before[0]!, after[0]!];
  const [x, y] = [influence(a), influence(b)];
  if (x.length < 2 || y.length < 2) return { ...NOTHING, note: 'fewer than two samples a side' };
  if (how.kind !== 'gauge' && isBursty(counted(a), counted(b))) return judgeCounter(counted(a), counted(b), how.seed);
  const test = blockTest(x, y);
  return {
    method: a.exposure === null ? 'block-means' : 'block-ratio',
    p: test.result?.p ?? null,
    interval: test.result?.interval ?? null,
    units: test.blocks,
    effective: test.effective,
    neededSamples: test.enough ? null : test.neededSamples,
    note: test.enough
      ? null
      : `${Math.min(...test.blocks)} blocks of independent length; ${FEWEST_BLOCKS} a side are needed`,
  };
}

function isConstant(runs: readonly RunSeries[]): boolean {
  const first = runs[0]!.value[0];
  return runs.every(({ value }) => value.every((one) => one === first));
}

/** Nothing varies: no test; as many blocks are asked for as of any other series. */
function constant(before: readonly RunSeries[], after: readonly RunSeries[]): Judged {
  const blocks = [before, after].map((runs) => Math.floor(sampleCount(runs) / 2)) as [number, number];
  const enough = Math.min(...blocks) >= FEWEST_BLOCKS;
  const difference = mean(after.map(level)) - mean(before.map(level));
  return {
    ...NOTHING,
    method: 'constant',
    interval: enough ? [difference, difference] : null,
    units: blocks,
    neededSamples: enough ? null : 2 * FEWEST_BLOCKS,
    note: 'the same in every sample of each side',
  };
}

/** The run is the unit: what varies from run to run (the day, the load) is in the test. */
export function judgeRuns(before: readonly number[], after: readonly number[], seed: number): Judged {
  const [m, n] = [before.length, after.length];
  const values = [...before, ...after];
  const reachable = smallestP(m, n) <= LEVEL;
  const side = (places: Int32Array, from: number, to: number): number => {
    let sum = 0;
    for (let i = from; i < to; i++) sum += values[places[i]!]!;
    return sum / (to - from);
  };
  const varies = variance(values) > 0;
  return {
    ...NOTHING,
    method: 'runs',
    p: reachable && varies ? permutationP(m, n, (places) => side(places, m, m + n) - side(places, 0, m), seed) : null,
    interval:
      welch(before, after)?.interval ?? (reachable ? [mean(after) - mean(before), mean(after) - mean(before)] : null),
    units: [m, n],
    note: reachable ? null : `${m} against ${n} runs cannot tell a change from chance; record 4 or more a side`,
  };
}
