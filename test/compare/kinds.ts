import { call } from '../../src/analysis/comparison/call.ts';
import { judgeQuantile, quantileOf, type TimeBucket } from '../../src/analysis/comparison/judge-quantile.ts';
import { judgeSeries } from '../../src/analysis/comparison/judge-series.ts';
import type { Judged } from '../../src/analysis/comparison/judged.ts';
import { level, type RunSeries } from '../../src/analysis/comparison/side-series.ts';
import type { MetricVerdict } from '../../src/analysis/comparison-document.ts';
import { mean } from '../../src/analysis/statistics/moments.ts';
import { seeded } from '../../src/analysis/statistics/seeded.ts';
import { autoregressive, normals } from './series.ts';

/** What became of a pair. */
export interface PairVerdict {
  readonly verdict: MetricVerdict;
  readonly interval: readonly [number, number] | null;
}

/** A sort of runs to be compared with others of their own: two sides of it differ by chance only, unless something is planted. */
export interface Kind {
  readonly name: string;
  /** What is planted into the second side; null: nothing. */
  readonly planted: string | null;
  /** Values a side that are measured. */
  readonly lengths: readonly number[];
  /** Independent samples among `n`, where theory says. */
  readonly effective?: (n: number) => number;
  /** Whether theory allows what is planted to be found. */
  readonly findable: (n: number) => boolean;
  /** Judges a pair by the functions that judge real ones. */
  readonly judge: (n: number, planted: boolean, seed: number) => PairVerdict;
}

const LENGTHS = [60, 120, 360, 600, 1800, 3600];
const INTERVAL_S = 5;
/** Independent samples a side from which a shift of one standard deviation can be found: the blocks, twice as long, must be eight. */
export const ENOUGH = 32;

/** Without a practical threshold to hide behind. */
function called(judged: Judged, difference: number): PairVerdict {
  const metric = { direction: 'down', role: 'primary' } as const;
  return { verdict: call(judged, metric, difference, 0, null), interval: judged.interval };
}

interface Made {
  readonly name: string;
  readonly kind: 'gauge' | 'rate' | 'ratio';
  readonly planted: string | null;
  readonly effective?: (n: number) => number;
  readonly findable?: (n: number) => boolean;
  readonly make: (n: number, planted: boolean, seed: number) => RunSeries;
}

function ofSeries({ make, kind, findable, effective, ...more }: Made): Kind {
  return {
    ...more,
    ...(effective === undefined ? {} : { effective }),
    lengths: LENGTHS,
    findable: findable ?? ((n) => (effective?.(n) ?? 0) >= ENOUGH),
    judge: (n, planted, seed) => {
      const [before, after] = [make(n, false, seed), make(n, planted, seed + 500)];
      return called(judgeSeries([before], [after], { kind, seed: 1 }), level(after) - level(before));
    },
  };
}

function series(value: readonly number[], more: Partial<RunSeries> = {}): RunSeries {
  return { run: 'run', at: value.map((_, i) => i * INTERVAL_S), value, exposure: null, load: null, ...more };
}

const SHIFT = 'one standard deviation more';

const correlated = (phi: number): Kind =>
  ofSeries({
    name: `φ = ${phi}`,
    kind: 'gauge',
    planted: SHIFT,
    effective: (n) => (n * (1 - phi)) / (1 + phi),
    make: (n, planted, seed) => series(autoregressive(normals(seed), n, phi, 10 + Number(planted))),
  });

/** A Poisson number by counting exponential waits. */
function poisson(random: () => number, expected: number): number {
  let count = -1;
  for (let waited = 0; waited < expected; waited -= Math.log(1 - random())) count++;
  return count;
}

/** Episodes of three samples that begin at random. */
function bursts(n: number, seed: number, every: number, size = 1): number[] {
  const random = seeded(seed);
  const value = Array.from({ length: n }, () => 0);
  for (let at = 0; at < n; at++)
    if (random() < 1 / every) for (let i = at; i < Math.min(n, at + 3); i++) value[i] = size * (20 + 60 * random());
  return value;
}

const burstSeries = (value: readonly number[]): RunSeries => series(value, { exposure: value.map(() => 0.1) });

function underLoad(n: number, planted: boolean, seed: number): RunSeries {
  const random = seeded(seed + 1);
  const load = Array.from({ length: n }, (_, i) => (i > n / 4 && i < (3 * n) / 4 ? 100 : 12) * (0.9 + 0.2 * random()));
  const normal = autoregressive(normals(seed), n, 0.5);
  const size = planted ? 4 : 1;
  const value = load.map((one, i) => (one > 50 && normal[i]! > -0.8 ? size * one * Math.exp(0.4 * normal[i]!) : 0));
  return series(value, { exposure: load.map((one) => one / 1000), load });
}

/** A process of first order that follows a course of its own besides. */
const around = (n: number, planted: boolean, seed: number, course: (i: number) => number): RunSeries =>
  series(autoregressive(normals(seed), n, 0.5, 10 + Number(planted)).map((one, i) => one + course(i)));

const REQUESTS = 40;
/** Spread of the logarithm of a request's time, and of what all requests of a bucket share. */
const SPREAD = 0.5;
const SHARED = 0.3;

function buckets(n: number, shift: number, seed: number): TimeBucket[] {
  const normal = normals(seed + 3);
  const shared = autoregressive(normals(seed), n, 0.5);
  return shared.map((own, i) => {
    const counts = new Map<number, number>();
    for (let request = 0; request < REQUESTS; request++) {
      const log = -3 + shift + SHARED * own + SPREAD * normal();
      const bin = Math.floor(log / 0.02);
      counts.set(bin, (counts.get(bin) ?? 0) + 1);
    }
    return { at: i * 1000 * INTERVAL_S, bins: [...counts.keys()], counts: [...counts.values()] };
  });
}

/** @param density of the standard normal distribution at that quantile */
function latency(name: string, q: number, density: number): Kind {
  // What a bucket’s own quantile varies by: what its requests share, and that there are so few of them.
  const deviation = Math.hypot(SHARED, (SPREAD * Math.sqrt((q * (1 - q)) / REQUESTS)) / density);
  const time = 1 + (2 * SHARED ** 2) / deviation ** 2;
  return {
    name: `${name} of request times`,
    planted: 'one standard deviation of a bucket’s more',
    lengths: [60, 120, 360, 600],
    effective: (n) => n / time,
    findable: (n) => n / time >= ENOUGH,
    judge: (n, planted, seed) => {
      const [before, after] = [buckets(n, 0, seed), buckets(n, planted ? deviation : 0, seed + 500)];
      const difference = quantileOf(after, q)! - quantileOf(before, q)!;
      return called(judgeQuantile(before, after, q, 1), difference);
    },
  };
}

/** Runs whose days differ by as much as their samples do; `n` is the number of runs a side. */
const RUNS: Kind = {
  name: 'several runs a side, each with a day of its own',
  planted: 'two standard deviations of the days',
  lengths: [4, 8],
  findable: (n) => n >= 8,
  judge: (n, planted, seed) => {
    const day = normals(seed + 9);
    const side = (shift: number, first: number): RunSeries[] =>
      Array.from({ length: n }, (_, run) => series(autoregressive(normals(first + run), 60, 0.5, 10 + shift + day())));
    const [before, after] = [side(0, seed), side(planted ? 2 : 0, seed + 500)];
    const judged = judgeSeries(before, after, { kind: 'gauge', seed: 1 });
    return called(judged, mean(after.map(level)) - mean(before.map(level)));
  },
};

export const KINDS: readonly Kind[] = [
  ...[0, 0.3, 0.5, 0.8, 0.9, 0.95].map(correlated),
  ofSeries({
    name: 'a counter, five events a sample',
    kind: 'rate',
    planted: SHIFT,
    effective: (n) => n,
    make: (n, planted, seed) => {
      const random = seeded(seed);
      return series(Array.from({ length: n }, () => poisson(random, planted ? 5 + Math.sqrt(5) : 5)));
    },
  }),
  ofSeries({
    name: 'a counter that never varies',
    kind: 'rate',
    planted: 'three times as many',
    findable: () => true,
    make: (n, planted) => series(Array.from({ length: n }, () => (planted ? 300 : 100))),
  }),
  ofSeries({
    name: 'events per connection, of a load that varies',
    kind: 'rate',
    planted: SHIFT,
    effective: (n) => n / 3,
    make: (n, planted, seed) => {
      const load = autoregressive(normals(seed + 1), n, 0.9).map((one) => 100 * Math.exp(0.3 * one));
      const ratio = autoregressive(normals(seed), n, 0.5, 5 + Number(planted));
      return series(
        ratio.map((one, i) => Math.max(0, one) * load[i]!),
        { exposure: load, load },
      );
    },
  }),
  ofSeries({
    name: 'bursts',
    kind: 'rate',
    planted: 'four times as many',
    // Fifteen against sixty expected.
    findable: (n) => n >= 1800,
    make: (n, planted, seed) => burstSeries(bursts(n, seed, planted ? 30 : 120)),
  }),
  ofSeries({
    name: 'bursts, as many and larger',
    kind: 'rate',
    planted: 'three times as large: their number says nothing',
    findable: () => false,
    make: (n, planted, seed) => burstSeries(bursts(n, seed, 60, planted ? 3 : 1)),
  }),
  ofSeries({
    name: 'bursts that become a steady flow',
    kind: 'rate',
    planted: 'a burst in nearly every sample',
    findable: (n) => n >= 120,
    make: (n, planted, seed) => burstSeries(planted ? bursts(n, seed, 1.5) : bursts(n, seed, 60)),
  }),
  ofSeries({
    name: 'bursts under a step of the load',
    kind: 'rate',
    planted: 'four times as large',
    findable: (n) => n >= 120,
    make: underLoad,
  }),
  ofSeries({
    name: 'trends of their own',
    kind: 'gauge',
    planted: null,
    make: (n, planted, seed) => {
      const slope = 3 * (seeded(seed + 2)() - 0.5);
      return around(n, planted, seed, (i) => slope * (i / n - 0.5));
    },
  }),
  ofSeries({
    name: 'the same trend on both sides',
    kind: 'gauge',
    planted: SHIFT,
    make: (n, planted, seed) => around(n, planted, seed, (i) => 1.5 * (i / n - 0.5)),
  }),
  ofSeries({
    name: 'a rhythm, at the same time of day',
    kind: 'gauge',
    planted: SHIFT,
    make: (n, planted, seed) => around(n, planted, seed, (i) => Math.sin((2 * Math.PI * i) / 900)),
  }),
  latency('median', 0.5, 0.3989),
  latency('95th percentile', 0.95, 0.1031),
  latency('99th percentile', 0.99, 0.0267),
  RUNS,
];
