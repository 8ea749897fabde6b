/**
 * Two-sided level at which a metric is called different, and what its interval leaves out. Below the 5 % that is
 * promised: the autocorrelation time is itself estimated, and that costs up to two points (docs/comparison-accuracy.md).
 */
export const LEVEL = 0.03;
