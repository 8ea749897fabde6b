import { mean, variance } from '../statistics/moments.ts';

/** Share of the variance of the load that a step has to explain. */
const EXPLAINED = 0.8;
/** How much higher the upper load is, at least. */
const TIMES = 2;

/**
 * The load that parts a lower from an upper level, where both sides have both and one border explains most of the
 * variance on both together; null where the load has no such step. Loads are compared by their logarithms: what counts is
 * how many times as much it is.
 */
export function loadStep(before: readonly number[], after: readonly number[]): number | null {
  const sorted = [...before, ...after].map(Math.log1p).toSorted((a, b) => a - b);
  const total = variance(sorted) * (sorted.length - 1);
  if (!(total > 0)) return null;
  let best: { readonly step: number; readonly explained: number } = { step: 0, explained: 0 };
  let sum = 0;
  const all = sorted.reduce((whole, value) => whole + value, 0);
  for (let i = 1; i < sorted.length; i++) {
    sum += sorted[i - 1]!;
    if (sorted[i] === sorted[i - 1]) continue;
    const rest = sorted.length - i;
    const explained = ((i * rest) / sorted.length) * (sum / i - (all - sum) / rest) ** 2;
    if (explained > best.explained) best = { step: Math.expm1((sorted[i]! + sorted[i - 1]!) / 2), explained };
  }
  if (best.explained < EXPLAINED * total) return null;
  const level = (side: readonly number[], upper: boolean): number =>
    mean(side.filter((value) => value >= best.step === upper));
  for (const side of [before, after]) {
    const high = side.filter((value) => value >= best.step).length;
    if (high === 0 || high === side.length || level(side, true) < TIMES * level(side, false)) return null;
  }
  return best.step;
}
