import { integratedTime } from './autocorrelation.ts';
import { blockEdges, blockLength, blockMeans, FEWEST_BLOCKS, MOST_BLOCKS } from './blocks.ts';
import { mean, variance } from './moments.ts';
import { type Difference, fromErrors } from './welch.ts';

/** How the means of two correlated series differ. */
export interface BlockTest {
  /** Null: too short to be judged, or constant. */
  readonly result: Difference | null;
  /** Integrated autocorrelation time, in samples. */
  readonly time: number;
  readonly blocks: readonly [number, number];
  readonly effective: readonly [number, number];
  /** Samples a side that a verdict takes. */
  readonly neededSamples: number;
  readonly enough: boolean;
}

/**
 * Compares the means of two series whose samples depend on each other: means of blocks of at least twice the integrated
 * autocorrelation time, at least eight a side, by Welch's test. What is left of the dependence between neighbouring
 * blocks widens the interval by (1 + τ ÷ L) of its variance.
 */
export function blockTest(before: readonly number[], after: readonly number[]): BlockTest {
  const time = integratedTime([before, after]);
  const least = blockLength(time);
  const means = [before, after].map((values) => {
    const length = Math.max(least, Math.floor(values.length / MOST_BLOCKS));
    return { length, blocks: blockMeans(values, blockEdges(values.length, length)) };
  });
  const [a, b] = means as [(typeof means)[0], (typeof means)[0]];
  const enough = a.blocks.length >= FEWEST_BLOCKS && b.blocks.length >= FEWEST_BLOCKS;
  const error = ({ blocks, length }: typeof a): number => (variance(blocks) / blocks.length) * (1 + time / length);
  return {
    result: enough
      ? fromErrors(mean(after) - mean(before), error(a), error(b), a.blocks.length - 1, b.blocks.length - 1)
      : null,
    time,
    blocks: [a.blocks.length, b.blocks.length],
    effective: [before.length / time, after.length / time],
    neededSamples: least * FEWEST_BLOCKS,
    enough,
  };
}
