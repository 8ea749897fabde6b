import { integratedTime } from '../statistics/autocorrelation.ts';
import { blockEdges, blockLength, blockSums, MOST_BLOCKS } from '../statistics/blocks.ts';
import { type Episodes, episodeInterval } from '../statistics/episode-interval.ts';
import { LEVEL } from '../statistics/level.ts';
import { mean, sum, variance } from '../statistics/moments.ts';
import { permutationP, smallestP } from '../statistics/permutation.ts';
import { conditionalPoissonP } from '../statistics/poisson.ts';
import { fromErrors } from '../statistics/welch.ts';
import type { Judged } from './judged.ts';
import { loadStep } from './load-step.ts';
import type { Counted } from './side-series.ts';

/** Samples without growth that do not end an episode. */
const BRIDGE = 1;
const FEWEST_UNDER_LOAD = 8;
/** Share of samples with growth from which a counter is not bursty. */
const STEADY = 0.7;

/** Whether the counter stands still for long on both sides: then its episodes are counted and not its mean. */
export function isBursty(before: Counted, after: Counted): boolean {
  const share = ({ events }: Counted): number => events.filter((value) => value > 0).length / events.length;
  return Math.max(share(before), share(after)) < STEADY;
}

/**
 * A bursty counter. Where the load has a step on both sides and the counter follows it, what it did under the upper load
 * is compared by blocks; else the numbers of its episodes, as Poisson counts for the load (or time) they had.
 */
export function judgeCounter(before: Counted, after: Counted, seed: number): Judged {
  return atEqualLoad(before, after, seed) ?? byEpisodes(before, after);
}

function byEpisodes(before: Counted, after: Counted): Judged {
  const [a, b] = [episodes(before), episodes(after)];
  const counts = [a.sizes.length, b.sizes.length] as const;
  const p = conditionalPoissonP(counts[0], counts[1], a.exposure, b.exposure);
  const more = Math.sign(counts[1] / b.exposure - counts[0] / a.exposure);
  const opposed = more * (sum(b.sizes) / b.exposure - sum(a.sizes) / a.exposure) < 0;
  const share = a.exposure / (a.exposure + b.exposure);
  // The fewest episodes, all on one side, that would do.
  const needed = Math.ceil(Math.log(LEVEL / 2) / Math.log(Math.max(share, 1 - share)));
  return {
    method: 'episodes',
    // More episodes with less in them is no evidence of either.
    p: opposed ? null : p,
    interval: episodeInterval(a, b),
    units: counts,
    effective: null,
    neededSamples:
      p < LEVEL || counts[0] + counts[1] === 0
        ? null
        : Math.ceil((before.events.length * needed) / Math.max(1, counts[0], counts[1])),
    note: opposed ? 'the side with fewer episodes has more events' : null,
  };
}

function episodes(side: Counted): Episodes {
  return { sizes: episodesIn(side).map(({ size }) => size), exposure: sum(side.exposure) };
}

/** A stretch of samples in which a counter grew: the places where it began and ended, and by how much. */
export interface Episode {
  readonly first: number;
  readonly last: number;
  readonly size: number;
}

export function episodesIn({ events }: Pick<Counted, 'events'>): Episode[] {
  const found: Episode[] = [];
  events.forEach((value, i) => {
    if (value <= 0) return;
    const open = found.at(-1);
    if (open === undefined || i - open.last > BRIDGE + 1) found.push({ first: i, last: i, size: value });
    else found[found.length - 1] = { first: open.first, last: i, size: open.size + value };
  });
  return found;
}

function atEqualLoad(before: Counted, after: Counted, seed: number): Judged | null {
  if (before.load === null || after.load === null) return null;
  const step = loadStep(before.load, after.load);
  if (step === null) return null;
  const upper = [before, after].map((side) => part(side, (load) => load >= step));
  const lower = [before, after].map((side) => part(side, (load) => load < step));
  const [a, b] = upper as [Part, Part];
  if (Math.min(a.events.length, b.events.length) < FEWEST_UNDER_LOAD) return null;
  // Only where the counter goes with the load does equal load make the stretches comparable.
  const active = activeShare(a) >= activeShare(b) ? 0 : 1;
  if (activeShare(upper[active]!) < 2 * activeShare(lower[active]!)) return null;
  const silent = activeShare(a) === 0 || activeShare(b) === 0;
  const values = ({ events, exposure }: Part): number[] =>
    silent ? events.map((value) => Number(value > 0)) : events.map((value, i) => value / exposure[i]!);
  const time = integratedTime([values(a), values(b)]);
  const length = blockLength(time);
  const blocks = [a, b].map((side) => blocksOf(side, length));
  const [m, n] = blocks.map(({ events }) => events.length) as [number, number];
  if (smallestP(m, n) > LEVEL) return null;
  const events = blocks.flatMap((side) => side.events);
  const exposure = blocks.flatMap((side) => side.exposure);
  const p = permutationP(m, n, (places) => ratio(places, m, m + n) - ratio(places, 0, m), seed);
  return {
    method: 'at-equal-load',
    p,
    interval: intervalByLoad([before, after], [upper, lower], time),
    units: [m, n],
    effective: null,
    neededSamples: null,
    note: `judged where the load is high: ${a.events.length} and ${b.events.length} samples`,
  };
  function ratio(places: Int32Array, from: number, to: number): number {
    let all = 0;
    let over = 0;
    for (let i = from; i < to; i++) {
      all += events[places[i]!]!;
      over += exposure[places[i]!]!;
    }
    return all / over;
  }
}

/** Interval of the difference of the whole, from how much its blocks vary within each of the two loads. */
function intervalByLoad(
  wholes: readonly [Counted, Counted],
  strata: readonly (readonly Part[])[],
  time: number,
): readonly [number, number] | null {
  const sides = wholes.map((whole, side) => {
    const over = sum(whole.exposure);
    const level = sum(whole.events) / over;
    let error = 0;
    let degrees = 0;
    for (const stratum of strata) {
      const own = stratum[side]!;
      const blocks = blocksOf(own, blockLength(time));
      const rests = blocks.events.map((value, i) => value - level * blocks.exposure[i]!);
      if (rests.length < 2) continue;
      const widened = 1 + (time * rests.length) / own.events.length;
      error += (rests.length * variance(rests) * widened) / over ** 2;
      degrees += rests.length - 1;
    }
    return { level, error, degrees };
  });
  const [a, b] = sides as [(typeof sides)[0], (typeof sides)[0]];
  return fromErrors(b.level - a.level, a.error, b.error, a.degrees, b.degrees)?.interval ?? null;
}

interface Part {
  readonly events: readonly number[];
  readonly exposure: readonly number[];
}

function part({ events, exposure, load }: Counted, takes: (load: number) => boolean): Part {
  const places = events.map((_, i) => i).filter((i) => takes(load![i]!));
  return { events: places.map((i) => events[i]!), exposure: places.map((i) => exposure[i]!) };
}

function activeShare({ events }: Part): number {
  return events.length === 0 ? 0 : mean(events.map((value) => Number(value > 0)));
}

function blocksOf({ events, exposure }: Part, length: number): Part {
  const edges = blockEdges(events.length, Math.max(length, Math.floor(events.length / MOST_BLOCKS)));
  return { events: blockSums(events, edges), exposure: blockSums(exposure, edges) };
}
