import type { TimeBucket } from '../../src/analysis/comparison/judge-quantile.ts';
import type { RawSeries, SideData } from '../../src/analysis/comparison/read-side.ts';
import type { Finding } from '../../src/analysis/document.ts';

const START = Date.parse('2026-11-22T20:00:00Z');
const STEP_MS = 5000;

/** What a made-up side holds; one run on one host, a sample each five seconds. */
export interface SideParts {
  readonly run?: string;
  readonly samples?: number;
  readonly startMs?: number;
  readonly series?: Readonly<Record<string, readonly number[]>>;
  readonly buckets?: readonly TimeBucket[];
  readonly talkers?: SideData['talkers'];
  readonly settings?: SideData['settings'];
  /** Seconds from the start to the onset of a critical finding. */
  readonly onsetS?: number;
}

/** A side as it would have been read of a case. */
export function sideOf(parts: SideParts): SideData {
  const { run = 'run', samples = 60, startMs = START, series = {}, talkers = [], settings = [], onsetS } = parts;
  const at = Array.from({ length: samples }, (_, i) => startMs + i * STEP_MS);
  const iso = (ms: number): string => new Date(ms).toISOString();
  const [start, end] = [iso(startMs), iso(at.at(-1)!)];
  const finding = { id: 'made-up', severity: 'critical', onset: iso(startMs + (onsetS ?? 0) * 1000) } as Finding;
  return {
    postmortem: {
      findings: onsetS === undefined ? [] : [finding],
      runs: [{ run, start, end, intervalS: STEP_MS / 1000 }],
      coverage: [],
    } as unknown as SideData['postmortem'],
    facts: [
      {
        run,
        host: 'www1',
        kernel: '6.1',
        os: 'Debian',
        cpus: 2,
        collector: 'lastack-collect',
        boots: 1,
        boot: 'b',
        samples,
        at,
        start,
        end,
      },
    ],
    series: Object.entries(series).map(
      ([metric, value]): RawSeries => ({
        run,
        host: 'www1',
        metric,
        dimension: '',
        kind: 'rate',
        unit: '/s',
        title: metric,
        at: at.slice(0, value.length),
        value,
      }),
    ),
    times: parts.buckets === undefined ? [] : [{ run, host: 'www1', urlClass: '', buckets: [...parts.buckets] }],
    mix: [],
    talkers,
    settings,
  };
}

/** Buckets of five seconds of requests that took so long each. */
export function bucketsOf(seconds: readonly number[]): TimeBucket[] {
  return seconds.map((one, i) => ({
    at: START + i * STEP_MS,
    bins: [Math.floor(Math.log(one) / 0.02)],
    counts: [20],
  }));
}
