import type { MetricVerdict } from '../comparison-document.ts';
import type { MetricComparison } from '../metric-comparison.ts';
import { LEVEL } from '../statistics/level.ts';
import type { Judged } from './judged.ts';

/** The smallest difference that matters; the relative part is a share of `before`, of `after` where that was zero. */
export function practicalThreshold(
  { threshold, relativeThreshold }: MetricComparison,
  before: number,
  after: number,
): number {
  return Math.max(threshold, relativeThreshold * Math.abs(before === 0 ? after : before));
}

/**
 * What is said of a metric. Different: the test says so and the size matters in practice. Unchanged: the whole interval
 * lies within what does not matter. A candidate differs by itself and not among so many, or may be too small to matter, or
 * has an interval, made in another way than the test, that holds zero; or it is a state that never varied, and no test
 * can tell how often it was seen.
 * @param q p after adjustment; null for a metric that is judged alone
 */
export function call(
  judged: Judged,
  { direction, role }: Pick<MetricComparison, 'direction' | 'role'>,
  difference: number,
  threshold: number,
  q: number | null,
): MetricVerdict {
  const matters = Math.abs(difference) >= threshold && difference !== 0;
  if (judged.method === 'constant' && judged.interval !== null) {
    if (!matters) return 'unchanged';
    if (role === 'setting') return 'changed';
    if (judged.p === null) return 'candidate';
  }
  const { p, interval } = judged;
  if (interval !== null && p !== null && interval[0] > -threshold && interval[1] < threshold) return 'unchanged';
  if (p === null || p > LEVEL) return 'inconclusive';
  const holdsZero = interval !== null && interval[0] <= 0 && interval[1] >= 0;
  if (!matters || holdsZero || (q ?? p) > LEVEL) return 'candidate';
  if (direction === 'none') return 'changed';
  return difference > 0 === (direction === 'up') ? 'better' : 'worse';
}
