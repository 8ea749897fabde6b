import type { RunSeries } from '../../src/analysis/comparison/side-series.ts';
import { seeded } from '../../src/analysis/statistics/seeded.ts';
import { autoregressive, normals } from './series.ts';

/** A sort of series to be compared with another of its own: two runs of it differ by chance only. */
export interface SeriesMaker {
  readonly name: string;
  readonly kind: 'gauge' | 'rate';
  /** Correlation time in samples where it is known; null where no theory says what can be found. */
  readonly time: number | null;
  readonly make: (n: number, shift: number, seed: number) => RunSeries;
}

const INTERVAL_S = 5;

function series(value: readonly number[], more: Partial<RunSeries> = {}): RunSeries {
  return { run: 'run', at: value.map((_, i) => i * INTERVAL_S), value, exposure: null, load: null, ...more };
}

const correlated = (phi: number): SeriesMaker => ({
  name: `φ = ${phi}`,
  kind: 'gauge',
  time: (1 + phi) / (1 - phi),
  make: (n, shift, seed) => series(autoregressive(normals(seed), n, phi, 10 + shift)),
});

/** Episodes of three samples that begin at random, some twenty in 600 samples. */
function bursts(n: number, seed: number): number[] {
  const random = seeded(seed);
  const value = Array.from({ length: n }, () => 0);
  for (let at = 0; at < n; at++)
    if (random() < 1 / 30) for (let i = at; i < Math.min(n, at + 3); i++) value[i] = 20 + 60 * random();
  return value;
}

export const MAKERS: readonly SeriesMaker[] = [
  ...[0, 0.3, 0.5, 0.8, 0.9, 0.95].map(correlated),
  {
    name: 'bursts',
    kind: 'rate',
    time: null,
    make: (n, _, seed) => series(bursts(n, seed), { exposure: Array.from({ length: n }, () => 0.1) }),
  },
  {
    name: 'bursts under a step of the load',
    kind: 'rate',
    time: null,
    make: (n, _, seed) => {
      const random = seeded(seed + 1);
      const load = Array.from(
        { length: n },
        (_, i) => (i > n / 4 && i < (3 * n) / 4 ? 100 : 12) * (0.9 + 0.2 * random()),
      );
      const normal = autoregressive(normals(seed), n, 0.5);
      const value = load.map((one, i) => (one > 50 && normal[i]! > -0.8 ? one * Math.exp(0.4 * normal[i]!) : 0));
      return series(value, { exposure: load.map((one) => one / 1000), load });
    },
  },
  {
    name: 'trends of their own',
    kind: 'gauge',
    time: null,
    make: (n, shift, seed) => {
      const slope = 3 * (seeded(seed + 2)() - 0.5);
      return series(autoregressive(normals(seed), n, 0.5, 10 + shift).map((one, i) => one + slope * (i / n - 0.5)));
    },
  },
  {
    name: 'a rhythm, at the same time of day',
    kind: 'gauge',
    time: null,
    make: (n, shift, seed) =>
      series(
        autoregressive(normals(seed), n, 0.5, 10 + shift).map((one, i) => one + Math.sin((2 * Math.PI * i) / 900)),
      ),
  },
];
