import type { RunSummary } from '../comparison-document.ts';
import type { QueryLibrary } from '../library.ts';
import { runsOf } from './align.ts';
import type { SeriesPair } from './pair-series.ts';
import type { SideData } from './read-side.ts';
import { level } from './side-series.ts';
import { runQuantile } from './times.ts';

/** Primary metrics and the load run by run in the order of time, where there are more than two runs. */
export function summariseRuns(
  sides: readonly [SideData, SideData],
  pairs: readonly SeriesPair[],
  library: QueryLibrary,
): RunSummary[] {
  if (sides.every((side) => runsOf(side).length === 1)) return [];
  const shown = pairs.filter(
    ({ comparison: { role, quantile } }) => quantile === null && (role === 'primary' || role === 'load'),
  );
  const quantiles = library.metrics
    .flatMap((file) => file.comparisons)
    .filter(({ quantile, role }) => quantile !== null && role === 'primary');
  return sides
    .flatMap((side, place) =>
      side.facts.map(
        ({ run, start, samples }): RunSummary => ({
          run,
          side: place === 0 ? 'before' : 'after',
          start,
          samples,
          values: [
            ...shown.map(({ info, dimension, before, after }) => {
              const own = (place === 0 ? before : after).find((series) => series.run === run);
              return { metric: info.name, dimension, value: own === undefined ? null : level(own) };
            }),
            ...quantiles.map(({ metric, quantile }) => ({
              metric,
              dimension: '',
              value: runQuantile(side, run, quantile!),
            })),
          ],
        }),
      ),
    )
    .toSorted((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0));
}
