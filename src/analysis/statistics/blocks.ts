/** Fewest blocks a side from which a mean is judged. */
export const FEWEST_BLOCKS = 8;
/** More blocks than this add little to a test; longer ones depend less on each other. */
export const MOST_BLOCKS = 16;
/** Length of a block, in integrated autocorrelation times. */
export const TIMES_PER_BLOCK = 2;

/** Samples in a block for this autocorrelation time. */
export function blockLength(time: number): number {
  return Math.max(2, Math.ceil(TIMES_PER_BLOCK * time));
}

/** First places of the blocks of `length` in a series of `n`, and one past the last; the remainder is spread over them. */
export function blockEdges(n: number, length: number): readonly number[] {
  const count = Math.floor(n / length);
  return Array.from({ length: count + 1 }, (_, i) => Math.round((i * n) / Math.max(1, count)));
}

/** Sums of blocks. */
export function blockSums(values: readonly number[], edges: readonly number[]): number[] {
  return edges.slice(1).map((end, i) => {
    let sum = 0;
    for (let at = edges[i]!; at < end; at++) sum += values[at]!;
    return sum;
  });
}

/** Means of blocks. */
export function blockMeans(values: readonly number[], edges: readonly number[]): number[] {
  return blockSums(values, edges).map((sum, i) => sum / (edges[i + 1]! - edges[i]!));
}
