import { integratedTime } from '../statistics/autocorrelation.ts';
import { blockEdges, blockLength, FEWEST_BLOCKS, MOST_BLOCKS } from '../statistics/blocks.ts';
import { LEVEL } from '../statistics/level.ts';
import { permutationP } from '../statistics/permutation.ts';
import { seeded } from '../statistics/seeded.ts';
import { shareOfStudent } from '../statistics/welch.ts';
import type { Judged } from './judged.ts';

/** Logarithmic width of a bin of `request-times.sql`. */
export const BIN_WIDTH = 0.02;
const DRAWS = 999;

/** Requests of one bucket: how many took a time of each bin. */
export interface TimeBucket {
  readonly at: number;
  readonly bins: readonly number[];
  readonly counts: readonly number[];
}

/** Quantile in seconds of all requests of the buckets; null without requests. */
export function quantileOf(buckets: readonly TimeBucket[], q: number): number | null {
  const counts = pooled(buckets);
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  let below = 0;
  for (const bin of [...counts.keys()].toSorted((a, b) => a - b)) {
    below += counts.get(bin)!;
    if (below >= q * total) return Math.exp((bin + 0.5) * BIN_WIDTH);
  }
  return null;
}

function pooled(buckets: readonly TimeBucket[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { bins, counts: more } of buckets)
    bins.forEach((bin, i) => counts.set(bin, (counts.get(bin) ?? 0) + more[i]!));
  return counts;
}

/**
 * Difference of a quantile of request times: blocks of buckets are exchanged between the sides (the test) and drawn again
 * within them (the interval), so that requests that were slow together stay together.
 */
export function judgeQuantile(
  before: readonly TimeBucket[],
  after: readonly TimeBucket[],
  q: number,
  seed: number,
): Judged {
  const series = [before, after].map((buckets) => buckets.map((bucket) => Math.log(quantileOf([bucket], q) ?? 1)));
  const time = integratedTime(series);
  const length = blockLength(time);
  const sides = [before, after].map((buckets) => {
    const edges = blockEdges(buckets.length, Math.max(length, Math.floor(buckets.length / MOST_BLOCKS)));
    return edges.slice(1).map((end, i) => dense(buckets.slice(edges[i], end)));
  });
  const [a, b] = sides as [Dense[], Dense[]];
  const units = [a.length, b.length] as const;
  const effective = [(2 * before.length) / length, (2 * after.length) / length] as const;
  if (Math.min(...units) < FEWEST_BLOCKS)
    return {
      method: 'quantile',
      p: null,
      interval: null,
      units,
      effective,
      neededSamples: length * FEWEST_BLOCKS,
      note: `${Math.min(...units)} blocks of independent length; ${FEWEST_BLOCKS} a side are needed`,
    };
  const all = [...a, ...b];
  const p = permutationP(
    a.length,
    b.length,
    (places) => quantile(all, places, a.length, all.length, q) - quantile(all, places, 0, a.length, q),
    seed,
  );
  return {
    method: 'quantile',
    p,
    interval: bootstrap(a, b, q, time / Math.floor(Math.min(before.length, after.length) / Math.min(...units)), seed),
    units,
    effective,
    neededSamples: null,
    note: null,
  };
}

interface Dense {
  readonly from: number;
  readonly to: number;
  readonly counts: Float64Array;
}

const LEAST_BIN = -700;
const BINS = 1300;

function dense(buckets: readonly TimeBucket[]): Dense {
  const counts = new Float64Array(BINS);
  let from = BINS;
  let to = 0;
  for (const [bin, count] of pooled(buckets)) {
    const place = Math.max(0, Math.min(BINS - 1, bin - LEAST_BIN));
    counts[place]! += count;
    from = Math.min(from, place);
    to = Math.max(to, place + 1);
  }
  return { from, to, counts };
}

function quantile(blocks: readonly Dense[], places: ArrayLike<number>, first: number, end: number, q: number): number {
  const sum = new Float64Array(BINS);
  let total = 0;
  for (let i = first; i < end; i++) {
    const { counts, from, to } = blocks[places[i]!]!;
    for (let bin = from; bin < to; bin++) {
      sum[bin]! += counts[bin]!;
      total += counts[bin]!;
    }
  }
  let below = 0;
  for (let bin = 0; bin < BINS; bin++) {
    below += sum[bin]!;
    if (below >= q * total) return Math.exp((bin + LEAST_BIN + 0.5) * BIN_WIDTH);
  }
  return 0;
}

/** @param left autocorrelation time in blocks: what is left of the dependence between neighbours */
function bootstrap(
  a: readonly Dense[],
  b: readonly Dense[],
  q: number,
  left: number,
  seed: number,
): readonly [number, number] {
  const random = seeded(seed + 1);
  const drawn = (blocks: readonly Dense[]): number => {
    const places = blocks.map(() => Math.floor(random() * blocks.length));
    return quantile(blocks, places, 0, blocks.length, q);
  };
  const differences = Array.from({ length: DRAWS }, () => drawn(b) - drawn(a)).toSorted((x, y) => x - y);
  // Few blocks vary less among themselves than they should, and so little is known of how much: as in the test of means.
  const fewest = Math.min(a.length, b.length);
  const widen = Math.sqrt((1 + left) / (1 - 1 / fewest)) * shareOfStudent(fewest - 1);
  const middle = differences[Math.floor(DRAWS / 2)]!;
  const at = (share: number): number => middle + (differences[Math.floor(share * (DRAWS - 1))]! - middle) * widen;
  return [at(LEVEL / 2), at(1 - LEVEL / 2)];
}
