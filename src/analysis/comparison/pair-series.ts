import type { QueryLibrary } from '../library.ts';
import { comparisonOf, type MetricComparison } from '../metric-comparison.ts';
import type { MetricInfo } from '../query-file.ts';
import { sum } from '../statistics/moments.ts';
import { type Anchored, anchorKey, loadOf } from './align.ts';
import type { RawSeries, SideData } from './read-side.ts';
import type { RunSeries } from './side-series.ts';

/** One metric and dimension with its series on both sides. */
export interface SeriesPair {
  readonly info: MetricInfo;
  readonly comparison: MetricComparison;
  readonly host: string;
  readonly dimension: string;
  readonly before: readonly RunSeries[];
  readonly after: readonly RunSeries[];
}

/** Two sides of one host each are the same place, whatever the host is called; else hosts are paired by name. */
export function sameHost(sides: readonly [SideData, SideData]): boolean {
  return sides.every((side) => new Set(side.facts.map((fact) => fact.host)).size === 1);
}

/**
 * Pairs the series of two sides. What is given per unit of load is paired as the rate that it is where a run had no load:
 * `0 of 0` is no level.
 */
export function pairSeries(
  sides: readonly [SideData, SideData],
  library: QueryLibrary,
  anchored: ReadonlyMap<string, Anchored>,
): SeriesPair[] {
  const merge = sameHost(sides);
  const valuesOf = lookups();
  const infos = new Map(library.metrics.flatMap((file) => file.metrics).map((info) => [info.name, info]));
  const declared = new Map(library.metrics.flatMap((file) => file.comparisons).map((one) => [one.metric, one]));
  const groups = new Map<string, { first: RawSeries; sides: [RawSeries[], RawSeries[]] }>();
  sides.forEach((side, place) => {
    for (const series of side.series) {
      const key = JSON.stringify([series.metric, series.dimension, merge ? '' : series.host]);
      const group = groups.get(key) ?? { first: series, sides: [[], []] };
      group.sides[place as 0 | 1].push(series);
      groups.set(key, group);
    }
  });
  const pairs: SeriesPair[] = [];
  for (const { first, sides: of } of groups.values()) {
    const info = infos.get(first.metric);
    if (info === undefined) continue;
    const declaredOne = comparisonOf(info, declared.get(info.name));
    const prepared = (comparison: MetricComparison): [RunSeries[], RunSeries[]] => {
      const [before, after] = of.map((list, place) =>
        list.map((series) =>
          prepare(
            series,
            sides[place as 0 | 1],
            comparison,
            anchored.get(anchorKey(place, series.run))?.zero ?? 0,
            valuesOf,
          ),
        ),
      );
      return [before!, after!];
    };
    const perLoad = prepared(declaredOne);
    const comparison = hasNoLevel(perLoad.flat()) ? { ...declaredOne, per: null } : declaredOne;
    const [before, after] = comparison === declaredOne ? perLoad : prepared(comparison);
    pairs.push({
      info,
      comparison,
      host: merge ? '' : first.host,
      dimension: first.dimension,
      before: before.filter(({ value }) => value.length > 0),
      after: after.filter(({ value }) => value.length > 0),
    });
  }
  return pairs;
}

/** Events in a run that had nothing for them to be divided by. */
function hasNoLevel(runs: readonly RunSeries[]): boolean {
  return (
    runs.some(({ value }) => value.some((one) => one > 0)) &&
    runs.some(({ exposure }) => exposure !== null && exposure.length > 0 && sum(exposure) <= 0)
  );
}

function prepare(
  series: RawSeries,
  side: SideData,
  { per }: MetricComparison,
  zero: number,
  valuesOf: (series: RawSeries) => ReadonlyMap<number, number>,
): RunSeries {
  const denominator = side.series.find(
    (one) => one.run === series.run && one.host === series.host && one.metric === per?.metric && one.dimension === '',
  );
  const over = denominator === undefined ? null : valuesOf(denominator);
  const load = loadOf(side.series, series.run, series.host);
  const loads = load === null ? null : valuesOf(load);
  const places = series.at.map((_, i) => i).filter((i) => per === null || over?.has(series.at[i]!) === true);
  const at = places.map((i) => series.at[i]!);
  const exposure = per === null ? null : at.map((when) => over!.get(when)! / per.scale);
  return {
    run: series.run,
    at: at.map((when) => (when - zero) / 1000),
    value: places.map((i, place) => series.value[i]! * (per?.isRatio === true ? exposure![place]! : 1)),
    exposure,
    load: loads !== null && at.every((when) => loads.has(when)) ? at.map((when) => loads.get(when)!) : null,
  };
}

/** Values of series by their moment, each made once: many metrics are divided by the same one. */
function lookups(): (series: RawSeries) => ReadonlyMap<number, number> {
  const known = new Map<RawSeries, ReadonlyMap<number, number>>();
  return (series) => {
    const values = known.get(series) ?? new Map(series.at.map((at, i) => [at, series.value[i]!]));
    known.set(series, values);
    return values;
  };
}
