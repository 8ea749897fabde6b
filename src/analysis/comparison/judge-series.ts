import { blockTest } from '../statistics/block-test.ts';
import { FEWEST_BLOCKS, MOST_BLOCKS } from '../statistics/blocks.ts';
import { LEVEL } from '../statistics/level.ts';
import { mean } from '../statistics/moments.ts';
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
    return constant(before, after, how.kind);
  if (before.length > 1 || after.length > 1) return judgeRuns(before.map(level), after.map(level), how.seed);
  const [a, b] = [before[0]!, after[0]!];
  const [x, y] = [influence(a), influence(b)];
  if (x.length < 2 || y.length < 2) return { ...NOTHING, note: 'fewer than two samples a side' };
  if (isGrowth(how.kind, before) && isBursty(counted(a), counted(b)))
    return judgeCounter(counted(a), counted(b), how.seed);
  const test = blockTest(x, y);
  return {
    method: a.exposure === null ? 'block-means' : 'block-ratio',
    p: test.result?.p ?? null,
    interval: test.result?.interval ?? null,
    units: test.blocks,
    effective: test.effective,
    neededSamples: test.enough ? null : test.neededSamples,
    note: test.enough ? null : `too few independent blocks: ${FEWEST_BLOCKS} a side are needed`,
  };
}

/** Whether every sample tells of new events; of a gauge, and of a share that is one, it may tell of the same things again. */
function isGrowth(kind: SeriesKind['kind'], runs: readonly RunSeries[]): boolean {
  return kind === 'rate' || runs[0]!.exposure !== null;
}

/** Share by which values may differ that were divided by what they had been multiplied by. */
const ROUNDING = 1e-9;

function isConstant(runs: readonly RunSeries[]): boolean {
  const values = runs.flatMap(perExposure);
  return values.every((value) => Math.abs(value - values[0]!) <= ROUNDING * Math.abs(values[0]!));
}

/** Each sample by itself; one without exposure says nothing unless it has events. */
function perExposure({ value, exposure }: RunSeries): readonly number[] {
  if (exposure === null) return value;
  return value.map((one, i) => one / exposure[i]!).filter((one) => !Number.isNaN(one));
}

/**
 * Nothing varies within a side. Growth is new in every sample, however even: blocks of it are exchanged, as those of any
 * other counter would be. What a gauge shows may be one state that was seen again and again; only other runs are new.
 */
function constant(before: readonly RunSeries[], after: readonly RunSeries[], kind: SeriesKind['kind']): Judged {
  const severalRuns = before.length > 1 || after.length > 1;
  const blocks = [before, after].map((runs) => Math.floor(sampleCount(runs) / 2)) as [number, number];
  const enough = Math.min(...blocks) >= FEWEST_BLOCKS;
  const difference = mean(after.map(level)) - mean(before.map(level));
  const units = severalRuns ? ([before.length, after.length] as const) : blocks;
  const smallest = smallestP(Math.min(MOST_BLOCKS, units[0]), Math.min(MOST_BLOCKS, units[1]));
  const tested = enough && difference !== 0 && (severalRuns ? smallest <= LEVEL : isGrowth(kind, before));
  return {
    ...NOTHING,
    method: 'constant',
    p: tested ? smallest : null,
    interval: enough ? [difference, difference] : null,
    units,
    neededSamples: enough ? null : 2 * FEWEST_BLOCKS,
    note:
      enough && difference !== 0 && !tested ? 'never varies: one state on each side, however often it was seen' : null,
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
  return {
    ...NOTHING,
    method: 'runs',
    p: reachable ? permutationP(m, n, (places) => side(places, m, m + n) - side(places, 0, m), seed) : null,
    interval:
      welch(before, after)?.interval ?? (reachable ? [mean(after) - mean(before), mean(after) - mean(before)] : null),
    units: [m, n],
    note: reachable ? null : `${m} against ${n} runs cannot tell a change from chance; record 4 or more a side`,
  };
}
