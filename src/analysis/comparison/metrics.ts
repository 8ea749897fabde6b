import { number } from '../../base/quantity.ts';
import type { Aspect, ComparedMetric, Course, EpisodeSummary } from '../comparison-document.ts';
import type { QueryLibrary } from '../library.ts';
import { adjust } from '../statistics/benjamini-hochberg.ts';
import { sum } from '../statistics/moments.ts';
import { call, practicalThreshold } from './call.ts';
import { episodesIn } from './judge-counter.ts';
import { judgeSeries } from './judge-series.ts';
import type { Judged } from './judged.ts';
import type { SeriesPair } from './pair-series.ts';
import type { SideData } from './read-side.ts';
import { counted, level, type RunSeries, sampleCount, shiftsInTurn, spacing } from './side-series.ts';
import { timePairs } from './times.ts';
import { inSentence } from './wording.ts';

const COURSE_POINTS = 200;
/** Values that a run loses at its ends: the first of a rate, buckets of a log that are only partly covered. */
const ENDS = 2;

/** A metric judged and not yet called: the others have to be known for that. */
export interface Draft {
  readonly pair: Omit<SeriesPair, 'before' | 'after'>;
  readonly judged: Judged;
  readonly before: number;
  readonly after: number;
  readonly samples: readonly [number, number];
  /** Seconds from one value to the next, of the side where it is longer. */
  readonly spacingS: number;
  readonly course: ComparedMetric['course'];
  readonly episodes: ComparedMetric['episodes'];
  readonly distribution: ComparedMetric['distribution'];
}

/** Judges every metric that both sides have. */
export function judgeMetrics(
  pairs: readonly SeriesPair[],
  sides: readonly [SideData, SideData],
  library: QueryLibrary,
  seed: number,
): Draft[] {
  const drafts = pairs
    .filter(({ comparison, before, after }) => comparison.quantile === null && before.length > 0 && after.length > 0)
    .map((pair): Draft => {
      const { kind } = pair.info;
      const tested = judgeSeries(pair.before, pair.after, { kind, seed });
      // What was configured is known and not tested.
      const isSet = pair.comparison.role === 'setting' && tested.method === 'constant';
      const judged = isSet ? { ...tested, p: null, note: null } : tested;
      return {
        pair,
        judged,
        before: sideLevel(pair.before),
        after: sideLevel(pair.after),
        samples: [sampleCount(pair.before), sampleCount(pair.after)],
        spacingS: Math.max(spacing(pair.before[0]!.at), spacing(pair.after[0]!.at)),
        course: { before: courseOf(pair.before), after: courseOf(pair.after) },
        episodes:
          judged.method === 'episodes' || judged.method === 'at-equal-load'
            ? { before: episodesOf(pair.before[0]!), after: episodesOf(pair.after[0]!) }
            : null,
        distribution: null,
      };
    });
  return [...drafts, ...timePairs(sides, library, seed)];
}

/** Calls each metric by its name: primary ones alone, the others together. */
export function callMetrics(
  drafts: readonly Draft[],
  aspects: readonly Aspect[],
  library: QueryLibrary,
): ComparedMetric[] {
  const secondary = drafts.filter(({ pair, judged }) => pair.comparison.role !== 'primary' && judged.p !== null);
  const adjusted = adjust(secondary.map(({ judged }) => judged.p!));
  const q = new Map(secondary.map((draft, i) => [draft, adjusted[i]!]));
  const refusal = aspects.find((aspect) => aspect.refuses === 'all');
  const load = aspects.find((aspect) => aspect.refuses === 'not-per-load');
  return drafts
    .map((draft): ComparedMetric => {
      const { pair, judged, before, after } = draft;
      const { info, comparison, dimension, host } = pair;
      const difference = after - before;
      const threshold = practicalThreshold(comparison, before, after);
      const refused =
        refusal ??
        (comparison.per === null && comparison.role !== 'setting' && comparison.role !== 'load' ? load : undefined);
      return {
        metric: info.name,
        dimension: host === '' ? dimension : [host, dimension].filter((part) => part !== '').join(' '),
        title: info.title,
        unit:
          comparison.per === null || comparison.per.isRatio
            ? info.unit
            : `per ${number(comparison.per.scale)} ${inSentence(titleOf(library, comparison.per.metric))}`,
        kind: info.kind,
        per: comparison.per === null ? null : { metric: comparison.per.metric, scale: comparison.per.scale },
        direction: comparison.direction,
        primary: comparison.role === 'primary',
        threshold,
        before,
        after,
        difference,
        interval: judged.interval,
        relative: before === 0 ? null : difference / Math.abs(before),
        p: judged.p,
        q: q.get(draft) ?? null,
        method: judged.method,
        samples: draft.samples,
        effective: judged.effective,
        units: judged.units,
        neededS: judged.neededSamples === null ? null : Math.ceil((judged.neededSamples + ENDS) * draft.spacingS),
        verdict:
          refused === undefined
            ? call(judged, comparison, difference, threshold, q.get(draft) ?? null)
            : 'inconclusive',
        note: refused === undefined ? judged.note : `not comparable: ${refused.note ?? refused.aspect}`,
        episodes: draft.episodes,
        movedBy: [],
        course: draft.course,
        distribution: draft.distribution,
      };
    })
    .toSorted(byImportance);
}

function titleOf(library: QueryLibrary, metric: string): string {
  return library.metrics.flatMap((file) => file.metrics).find(({ name }) => name === metric)?.title ?? metric;
}

function byImportance(a: ComparedMetric, b: ComparedMetric): number {
  const told = (metric: ComparedMetric): number =>
    ['better', 'worse', 'changed'].includes(metric.verdict) ? 0 : metric.verdict === 'candidate' ? 1 : 2;
  const size = ({ difference, threshold }: ComparedMetric): number =>
    difference === 0 ? 0 : Math.abs(difference) / Math.max(threshold, 1e-9);
  return (
    Number(b.primary) - Number(a.primary) ||
    told(a) - told(b) ||
    size(b) - size(a) ||
    (a.metric < b.metric ? -1 : a.metric > b.metric ? 1 : 0) ||
    (a.dimension < b.dimension ? -1 : 1)
  );
}

function sideLevel(runs: readonly RunSeries[]): number {
  return runs.reduce((sum, run) => sum + level(run), 0) / runs.length;
}

/** The course in at most some COURSE_POINTS points, as it is judged: divided where it is a ratio. Runs follow each other. */
export function courseOf(runs: readonly RunSeries[]): Course {
  const shifts = shiftsInTurn(runs.map(({ at }) => at));
  const step = Math.max(1, Math.ceil(sampleCount(runs) / COURSE_POINTS));
  const course = { at: [] as number[], value: [] as number[] };
  runs.forEach(({ at, value, exposure }, place) => {
    for (let from = 0; from < at.length; from += step) {
      const end = Math.min(at.length, from + step);
      let total = 0;
      let over = 0;
      for (let i = from; i < end; i++) {
        total += value[i]!;
        over += exposure?.[i] ?? 1;
      }
      if (over <= 0) continue;
      course.at.push(at[from]! + shifts[place]!);
      course.value.push(Number((total / over).toPrecision(5)));
    }
  });
  return course;
}

function episodesOf(run: RunSeries): EpisodeSummary {
  const { at, value, exposure } = run;
  const episodes = episodesIn(counted(run));
  const seconds = (i: number): number => (i === 0 ? 0 : at[i]! - at[i - 1]!);
  return {
    count: episodes.length,
    events: Math.round(sum(value.map((one, i) => one * seconds(i)))),
    // The growth of a sample began after the one before.
    longestS: Math.max(0, ...episodes.map(({ first, last }) => at[last]! - at[Math.max(0, first - 1)]!)),
    peak: Math.max(...value.map((one, i) => (exposure === null ? one : exposure[i]! > 0 ? one / exposure[i]! : 0))),
  };
}
