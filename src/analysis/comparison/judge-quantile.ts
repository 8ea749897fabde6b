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
    return edges.slice(1).map((end, i) => pooled(buckets.slice(edges[i], end)));
  });
  const units = [sides[0]!.length, sides[1]!.length] as const;
  const effective = [before.length / time, after.length / time] as const;
  if (Math.min(...units) < FEWEST_BLOCKS)
    return {
      method: 'quantile',
      p: null,
      interval: null,
      units,
      effective,
      neededSamples: length * FEWEST_BLOCKS,
      note: `too few independent blocks: ${FEWEST_BLOCKS} a side are needed`,
    };
  const all = cumulative(sides.flat());
  const [a, b] = [all.slice(0, units[0]), all.slice(units[0])];
  const p = permutationP(
    ...units,
    (places) => quantile(all, places, units[0], all.length, q) - quantile(all, places, 0, units[0], q),
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

/** How many requests of a block fall into bin `first` or a later one, up to each bin; all blocks have the same bins. */
interface Cumulative {
  readonly first: number;
  readonly upTo: Float64Array;
}

function cumulative(blocks: readonly ReadonlyMap<number, number>[]): Cumulative[] {
  const bins = blocks.flatMap((counts) => [...counts.keys()]);
  const [first, last] = [Math.min(...bins), Math.max(...bins)];
  return blocks.map((counts) => {
    let sum = 0;
    return {
      first,
      upTo: Float64Array.from({ length: last - first + 1 }, (_, i) => (sum += counts.get(first + i) ?? 0)),
    };
  });
}

/** Quantile in seconds of the blocks at these places. */
function quantile(
  blocks: readonly Cumulative[],
  places: ArrayLike<number>,
  from: number,
  to: number,
  q: number,
): number {
  const upTo = (bin: number): number => {
    let sum = 0;
    for (let i = from; i < to; i++) sum += blocks[places[i]!]!.upTo[bin]!;
    return sum;
  };
  const { first, upTo: some } = blocks[0]!;
  let [low, high] = [0, some.length - 1];
  const wanted = q * upTo(high);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (upTo(middle) >= wanted) high = middle;
    else low = middle + 1;
  }
  return Math.exp((first + low + 0.5) * BIN_WIDTH);
}

/** @param left autocorrelation time in blocks: what is left of the dependence between neighbours */
function bootstrap(
  a: readonly Cumulative[],
  b: readonly Cumulative[],
  q: number,
  left: number,
  seed: number,
): readonly [number, number] {
  const random = seeded(seed + 1);
  const drawn = (blocks: readonly Cumulative[]): number => {
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
