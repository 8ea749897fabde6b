import { seeded } from '../../src/analysis/statistics/seeded.ts';

/** Standard normal numbers from a seed. */
export function normals(seed: number): () => number {
  const random = seeded(seed);
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** A stationary process of first order with standard deviation 1 around `mean`. */
export function autoregressive(normal: () => number, n: number, phi: number, mean = 0): number[] {
  const innovation = Math.sqrt(1 - phi * phi);
  let state = normal();
  return Array.from({ length: n }, () => {
    const value = state + mean;
    state = phi * state + innovation * normal();
    return value;
  });
}
