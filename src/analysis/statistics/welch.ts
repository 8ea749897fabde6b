import jstat from 'jstat';
import { LEVEL } from './level.ts';
import { mean, variance } from './moments.ts';

/** A difference of two means: after − before. */
export interface Difference {
  readonly difference: number;
  readonly standardError: number;
  readonly degrees: number;
  /** Two-sided. */
  readonly p: number;
  /** Confidence interval; see LEVEL. */
  readonly interval: readonly [number, number];
}

/**
 * Welch's t-test of independent values; null when a side has fewer than two values or neither side varies, which no
 * test of this kind can judge.
 */
export function welch(before: readonly number[], after: readonly number[]): Difference | null {
  if (before.length < 2 || after.length < 2) return null;
  const a = variance(before) / before.length;
  const b = variance(after) / after.length;
  return fromErrors(mean(after) - mean(before), a, b, before.length - 1, after.length - 1);
}

/** How much wider an interval is for so many degrees of freedom than for endless ones. */
export function shareOfStudent(degrees: number): number {
  const { studentt } = jstat.jStat;
  return studentt.inv(1 - LEVEL / 2, degrees) / studentt.inv(1 - LEVEL / 2, 1e6);
}

/** The same from squared standard errors of the two sides and their degrees of freedom. */
export function fromErrors(
  difference: number,
  before: number,
  after: number,
  degreesBefore: number,
  degreesAfter: number,
): Difference | null {
  const total = before + after;
  if (!(total > 0)) return null;
  const degrees = total ** 2 / (before ** 2 / degreesBefore + after ** 2 / degreesAfter);
  const standardError = Math.sqrt(total);
  const p = 2 * jstat.jStat.studentt.cdf(-Math.abs(difference) / standardError, degrees);
  const reach = jstat.jStat.studentt.inv(1 - LEVEL / 2, degrees) * standardError;
  return { difference, standardError, degrees, p, interval: [difference - reach, difference + reach] };
}
