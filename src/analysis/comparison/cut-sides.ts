import { type Anchored, anchorKey } from './align.ts';
import type { RunFacts, SideData } from './read-side.ts';

type Sides = readonly [SideData, SideData];

/**
 * The sides with what is judged of each run: its samples, series and times of requests from `from` to `to`. Findings,
 * settings, sources and shares of requests stay those of the whole run.
 */
export function cutSides(sides: Sides, anchored: ReadonlyMap<string, Anchored>): Sides {
  const [before, after] = sides.map((side, place): SideData => {
    const within = (run: string): ((at: number) => boolean) => {
      const part = anchored.get(anchorKey(place, run));
      return (at) => part === undefined || (at >= part.from && at <= part.to);
    };
    return {
      ...side,
      facts: side.facts.map((fact) => cutFacts(fact, within(fact.run))).filter(({ samples }) => samples > 0),
      series: side.series.map((series) => {
        const takes = within(series.run);
        const places = series.at.map((_, i) => i).filter((i) => takes(series.at[i]!));
        return { ...series, at: places.map((i) => series.at[i]!), value: places.map((i) => series.value[i]!) };
      }),
      times: side.times.map((times) => {
        const takes = within(times.run);
        return { ...times, buckets: times.buckets.filter(({ at }) => takes(at)) };
      }),
    };
  });
  return [before!, after!];
}

function cutFacts(fact: RunFacts, takes: (at: number) => boolean): RunFacts {
  const at = fact.at.filter(takes);
  if (at.length === 0) return { ...fact, at, samples: 0 };
  const iso = (ms: number): string => new Date(ms).toISOString();
  return { ...fact, at, samples: at.length, start: iso(at[0]!), end: iso(at.at(-1)!) };
}
