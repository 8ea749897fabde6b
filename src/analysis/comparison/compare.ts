import type { DuckDBConnection } from '@duckdb/node-api';
import { CliError } from '../../base/errors.ts';
import type { AnalyseOptions } from '../analyse.ts';
import type { ComparedSide, Comparison } from '../comparison-document.ts';
import { SCHEMA_VERSION } from '../document.ts';
import { loadLibrary, type QueryLibrary } from '../library.ts';
import { nearestName } from '../nearest-name.ts';
import { LEVEL } from '../statistics/level.ts';
import { type Alignment, anchors, runsOf } from './align.ts';
import { compareFindings, compareSettings, compareTalkers } from './changes.ts';
import { judgeComparability } from './comparability.ts';
import { cutSides } from './cut-sides.ts';
import { answerHypotheses, type Expectation, effectsOf, readExpectedEffects } from './hypotheses.ts';
import { callMetrics, judgeMetrics } from './metrics.ts';
import { pairSeries, type SeriesPair } from './pair-series.ts';
import { readSide, type SideChoice, type SideData } from './read-side.ts';
import { summariseRuns } from './run-summary.ts';
import { limitsOf, writeComparisonVerdict } from './verdict.ts';

/** The same seed every time: the same case gives the same bytes. */
const SEED = 20_261_122;

export interface CompareOptions
  extends Pick<AnalyseOptions, 'lastackVersion' | 'queries' | 'tableSources' | 'parameters'> {
  readonly align?: Alignment;
  /** Seconds left out after an onset or a step of the load. */
  readonly guardS?: number;
  readonly expect?: readonly Expectation[];
  /** Called when a side has been read. */
  readonly onSide?: (side: 'before' | 'after') => void;
}

/**
 * Compares two sides of a case, each of one run or several, or a window of runs. The case is only read. Throws a
 * `CliError` when a side has no sample, or nothing to be aligned by, or an expectation names no metric.
 */
export async function compareRuns(
  connection: DuckDBConnection,
  before: SideChoice,
  after: SideChoice,
  options: CompareOptions,
): Promise<Comparison> {
  const library = await loadLibrary(options.queries);
  checkExpectations(library, options.expect ?? []);
  const read = async (choice: SideChoice, name: 'before' | 'after'): Promise<SideData> => {
    const side = await readSide(connection, library, choice, options);
    options.onSide?.(name);
    return side;
  };
  const whole = [await read(before, 'before'), await read(after, 'after')] as const;
  const align = options.align ?? 'start';
  const guardS = options.guardS ?? 0;
  const anchored = anchors(whole, align, align === 'onset' || align === 'load' ? guardS : 0);
  if ('why' in anchored) throw new CliError(`cannot align by ${align}: ${anchored.why}; use --align start`, 2);
  const sides = cutSides(whole, anchored.runs);
  sides.forEach((side, place) => {
    const gone = runsOf(whole[place]!).find((run) => !runsOf(side).includes(run));
    if (gone !== undefined)
      throw new CliError(`aligned by ${align}, run "${gone}" has no sample to compare; use --align start`, 2);
  });
  const pairs = pairSeries(sides, library, anchored.runs);
  const comparability = judgeComparability(sides);
  const effects = readExpectedEffects();
  const settings = compareSettings(sides, (key) => effectsOf(effects, key).map(({ metric }) => metric));
  const drafts = judgeMetrics(pairs, sides, library, SEED);
  const metrics = callMetrics(drafts, comparability, library).map((metric) => ({
    ...metric,
    movedBy: settings.filter(({ moves }) => moves.includes(metric.metric)).map(({ key }) => key),
  }));
  const alone = oneSided(pairs);
  const hypotheses = answerHypotheses(options.expect ?? [], settings, effects, { metrics, oneSided: alone });
  const findings = compareFindings(sides);
  const tested = drafts.filter(({ judged }) => judged.p !== null);
  const primaryTests = tested.filter(({ pair }) => pair.comparison.role === 'primary').length;
  return {
    schemaVersion: SCHEMA_VERSION,
    kind: 'comparison',
    before: describe(sides[0], before),
    after: describe(sides[1], after),
    verdict: writeComparisonVerdict({ metrics, comparability, findings, settings, oneSided: alone }),
    comparability,
    hypotheses,
    metrics,
    oneSided: alone,
    findings,
    settings,
    talkers: compareTalkers(sides),
    runs: summariseRuns(sides, pairs, library),
    method: {
      lastack: options.lastackVersion,
      align,
      guardS,
      level: LEVEL,
      seed: SEED,
      tests: { primary: primaryTests, others: tested.length - primaryTests },
      limits: limitsOf(sides.every((side) => runsOf(side).length > 1)),
    },
  };
}

function checkExpectations(library: QueryLibrary, expected: readonly Expectation[]): void {
  const names = library.metrics.flatMap((file) => file.metrics.map(({ name }) => name));
  for (const { metric } of expected) {
    if (names.includes(metric)) continue;
    const near = nearestName(metric, names);
    throw new CliError(
      `--expect: "${metric}" is no metric${near ? `; did you mean "${near}"?` : '; docs/metrics.md lists them'}`,
      2,
    );
  }
}

function describe(side: SideData, { since, until }: SideChoice): ComparedSide {
  const { runs } = side.postmortem;
  const names = runsOf(side);
  const start = side.facts.map((fact) => fact.start).reduce((a, b) => (a < b ? a : b));
  const end = side.facts.map((fact) => fact.end).reduce((a, b) => (a > b ? a : b));
  return {
    // Two windows of one run have its name in common.
    label:
      since === undefined || until === undefined
        ? names.join(', ')
        : `${names.join(', ')} ${clock(start)} to ${clock(end)}`,
    runs: names,
    hosts: [...new Set(side.facts.map(({ host }) => host))],
    start,
    end,
    samples: side.facts.reduce((sum, { samples }) => sum + samples, 0),
    intervalS: median(runs.map((run) => run.intervalS).filter((seconds) => seconds !== null)),
  };
}

function clock(instant: string): string {
  return instant.slice(11, 19);
}

function median(values: readonly number[]): number | null {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? null;
}

function oneSided(pairs: readonly SeriesPair[]): Comparison['oneSided'] {
  return pairs
    .filter(({ before, after }) => (before.length === 0) !== (after.length === 0))
    .map(({ info, comparison, dimension, before }) => ({
      metric: info.name,
      dimension,
      title: info.title,
      primary: comparison.role === 'primary',
      missing: before.length === 0 ? ('before' as const) : ('after' as const),
    }))
    .toSorted((a, b) => Number(b.primary) - Number(a.primary));
}
