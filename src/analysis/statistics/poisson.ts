import jstat from 'jstat';

/**
 * Exact conditional test of two Poisson counts: given their sum, the first is binomial with its share of the exposure.
 * Two-sided by doubling the smaller tail. 1 when both are zero.
 */
export function conditionalPoissonP(
  before: number,
  after: number,
  exposureBefore: number,
  exposureAfter: number,
): number {
  const n = before + after;
  if (n === 0) return 1;
  const share = exposureBefore / (exposureBefore + exposureAfter);
  const atMost = jstat.jStat.binomial.cdf(before, n, share);
  const atLeast = before === 0 ? 1 : 1 - jstat.jStat.binomial.cdf(before - 1, n, share);
  return Math.min(1, 2 * Math.min(atMost, atLeast));
}
