import type { Distribution } from '../comparison-document.ts';
import type { QueryLibrary } from '../library.ts';
import { BIN_WIDTH, judgeQuantile, quantileOf, type TimeBucket } from './judge-quantile.ts';
import { judgeRuns } from './judge-series.ts';
import type { Draft } from './metrics.ts';
import { sameHost } from './pair-series.ts';
import type { SideData } from './read-side.ts';
import { shiftsInTurn, spacing } from './side-series.ts';

/** Quantiles of the requests' time, of all requests and of each URL class. */
export function timePairs(sides: readonly [SideData, SideData], library: QueryLibrary, seed: number): Draft[] {
  const quantiles = library.metrics
    .flatMap((file) => file.comparisons)
    .filter((comparison) => comparison.quantile !== null);
  const infos = new Map(library.metrics.flatMap((file) => file.metrics).map((info) => [info.name, info]));
  const merge = sameHost(sides);
  const places = new Set(
    sides.flatMap((side) => side.times.map(({ host, urlClass }) => JSON.stringify([merge ? '' : host, urlClass]))),
  );
  return [...places].flatMap((place) => {
    const [host, urlClass] = JSON.parse(place) as [string, string];
    const [before, after] = sides.map((side) =>
      side.times
        .filter((times) => times.urlClass === urlClass && (host === '' || times.host === host))
        .map(({ buckets }) => buckets)
        .filter((buckets) => buckets.length > 0),
    ) as [TimeBucket[][], TimeBucket[][]];
    if (before.length === 0 || after.length === 0) return [];
    return quantiles.map((comparison): Draft => {
      const q = comparison.quantile!;
      const isWhole = urlClass === '';
      return {
        pair: {
          info: infos.get(comparison.metric)!,
          comparison: isWhole ? comparison : { ...comparison, role: 'secondary' },
          host,
          dimension: urlClass,
        },
        judged:
          before.length === 1 && after.length === 1
            ? judgeQuantile(before[0]!, after[0]!, q, seed)
            : judgeRuns(
                before.map((run) => quantileOf(run, q) ?? 0),
                after.map((run) => quantileOf(run, q) ?? 0),
                seed,
              ),
        before: quantileOf(before.flat(), q) ?? 0,
        after: quantileOf(after.flat(), q) ?? 0,
        samples: [requests(before.flat()), requests(after.flat())],
        spacingS: Math.max(
          spacing(before[0]!.map(({ at }) => at / 1000)),
          spacing(after[0]!.map(({ at }) => at / 1000)),
        ),
        course: { before: course(before, q), after: course(after, q) },
        episodes: null,
        distribution: { before: distribution(before.flat()), after: distribution(after.flat()) },
      };
    });
  });
}

/** A quantile of all requests of a run, in seconds; null without requests. */
export function runQuantile(side: SideData, run: string, q: number): number | null {
  const own = side.times.filter((times) => times.urlClass === '' && times.run === run);
  return quantileOf(
    own.flatMap(({ buckets }) => buckets),
    q,
  );
}

function requests(buckets: readonly TimeBucket[]): number {
  return buckets.reduce((sum, { counts }) => sum + counts.reduce((all, count) => all + count, 0), 0);
}

function course(runs: readonly (readonly TimeBucket[])[], q: number): { at: number[]; value: number[] } {
  const shifts = shiftsInTurn(runs.map((buckets) => buckets.map(({ at }) => at)));
  const zero = runs[0]![0]!.at;
  const step = Math.max(1, Math.ceil(runs.flat().length / 200));
  const points = runs.flatMap((buckets, place) =>
    Array.from({ length: Math.ceil(buckets.length / step) }, (_, i) => buckets.slice(i * step, (i + 1) * step)).map(
      (group) => ({
        at: (group[0]!.at + shifts[place]! - zero) / 1000,
        value: Number((quantileOf(group, q) ?? 0).toPrecision(4)),
      }),
    ),
  );
  return { at: points.map(({ at }) => at), value: points.map(({ value }) => value) };
}

/** The distribution in at most a hundred steps. */
function distribution(buckets: readonly TimeBucket[]): Distribution {
  const counts = new Map<number, number>();
  for (const bucket of buckets)
    bucket.bins.forEach((bin, i) => {
      // Ten bins to a step: 20 %.
      const step = Math.floor(bin / 10);
      counts.set(step, (counts.get(step) ?? 0) + bucket.counts[i]!);
    });
  const count = [...counts.values()].reduce((sum, one) => sum + one, 0);
  let below = 0;
  const steps = [...counts.keys()].toSorted((a, b) => a - b);
  return {
    count,
    at: steps.map((step) => Number(Math.exp((step + 1) * 10 * BIN_WIDTH).toPrecision(4))),
    share: steps.map((step) => Number(((below += counts.get(step)!) / count).toFixed(4))),
  };
}
