import type { Series } from '../../analysis/document.ts';
import type { SeriesPattern } from './lane-spec.ts';

/** The series of one host, the runs put together, found by metric and dimension. */
export class HostSeries {
  readonly #series: readonly Series[];

  constructor(series: readonly Series[], host: string) {
    this.#series = joinRuns(series.filter((one) => one.host === host));
  }

  /** All series of a metric whose dimension fits the pattern, in order of dimension. */
  matching(pattern: SeriesPattern): readonly Series[] {
    const wanted = glob(pattern.dimension ?? '');
    return this.#series.filter((one) => one.metric === pattern.metric && wanted.test(one.dimension));
  }

  /** The one series with this metric and dimension. */
  find(metric: string, dimension: string): Series | null {
    return this.#series.find((one) => one.metric === metric && one.dimension === dimension) ?? null;
  }

  /** Whether a dimension names one of our listeners, and not a peer. */
  isListener(dimension: string): boolean {
    const known = this.#series.some((one) => one.metric.startsWith('listener_') && one.dimension === dimension);
    return known || /^(\*|\[::\]|0\.0\.0\.0):/.test(dimension);
  }

  /** Times of all samples of gauges, sorted: when somebody looked. */
  sampleTimes(): readonly number[] {
    const times = this.#series.filter((one) => one.metric.startsWith('sockets_')).flatMap((one) => one.at);
    return [...new Set(times)].toSorted((a, b) => a - b);
  }
}

/** The largest value and its time; null when there is none. */
export function peakOf(at: readonly number[], value: readonly (number | null)[]): { at: number; value: number } | null {
  let best: { at: number; value: number } | null = null;
  value.forEach((one, i) => {
    if (one !== null && (best === null || one > best.value)) best = { at: at[i]!, value: one };
  });
  return best;
}

/** Whether a series shows more than one value, or one above what is usual. */
export function moves(series: Series): boolean {
  const known = series.value.filter((value) => value !== null);
  const first = known[0];
  return known.some((value) => value !== first) || (series.baseline !== null && (first ?? 0) > series.baseline);
}

function joinRuns(series: readonly Series[]): readonly Series[] {
  const joined = new Map<string, Series>();
  for (const one of series.toSorted((a, b) => (a.at[0] ?? 0) - (b.at[0] ?? 0))) {
    const key = `${one.metric}\n${one.dimension}`;
    const before = joined.get(key);
    joined.set(
      key,
      before === undefined
        ? one
        : {
            ...before,
            at: [...before.at, ...one.at],
            value: [...before.value, ...one.value],
            baseline: before.baseline ?? one.baseline,
          },
    );
  }
  return [...joined.values()].toSorted((a, b) => (a.dimension < b.dimension ? -1 : a.dimension > b.dimension ? 1 : 0));
}

function glob(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('?', '.')
    .replaceAll('*', '.*');
  return new RegExp(`^${source}$`, 'su');
}
