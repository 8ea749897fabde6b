import jstat from 'jstat';
import { LEVEL } from './level.ts';

/** Episodes of one side: how large each was, and what they had the chance to happen in. */
export interface Episodes {
  readonly sizes: readonly number[];
  readonly exposure: number;
}

/**
 * Interval of the difference of two rates of events that come in episodes: each side's rate as a weighted sum of Poisson
 * counts (Fay and Feuer, 1997), both put together by the recovered variances (Donner and Zou, 2012). A side without an
 * episode may still have one as large as the largest that was seen.
 */
export function episodeInterval(before: Episodes, after: Episodes): readonly [number, number] {
  const largest = Math.max(...before.sizes, ...after.sizes);
  const [a, b] = [rate(before, largest), rate(after, largest)];
  const difference = b.value - a.value;
  return [
    difference - Math.hypot(b.value - b.low, a.high - a.value),
    difference + Math.hypot(b.high - b.value, a.value - a.low),
  ];
}

function rate({ sizes, exposure }: Episodes, largest: number): { low: number; value: number; high: number } {
  const most = largest / exposure;
  const value = sizes.reduce((sum, size) => sum + size, 0) / exposure;
  const variance = sizes.reduce((sum, size) => sum + (size / exposure) ** 2, 0);
  const chi = (p: number, mean: number, spread: number): number =>
    (spread / (2 * mean)) * jstat.jStat.chisquare.inv(p, (2 * mean ** 2) / spread);
  return {
    low: value > 0 ? chi(LEVEL / 2, value, variance) : 0,
    value,
    high: chi(1 - LEVEL / 2, value + most, variance + most ** 2),
  };
}
