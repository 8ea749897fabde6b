import { roughly } from '../../base/quantity.ts';
import type { ComparedMetric, Comparison, ComparisonVerdict } from '../comparison-document.ts';
import { isLoad } from './compared-load.ts';
import { fromTo, inSentence } from './wording.ts';

const LIMITS: readonly string[] = [
  'One run a side cannot tell the change from the day: time of day, neighbours and warm-up go with it. Four runs a side, in turns (A-B-B-A), can.',
  'A slow drift looks like a difference between two sides that were recorded one after the other.',
];

/** What a comparison by these runs cannot show. */
export function limitsOf(severalRuns: boolean): readonly string[] {
  return severalRuns ? LIMITS.slice(1) : LIMITS;
}

/** The answer in a sentence, and what else is to be known. */
export function writeComparisonVerdict(
  parts: Pick<Comparison, 'metrics' | 'comparability' | 'findings' | 'settings' | 'oneSided'>,
): ComparisonVerdict {
  const { metrics, comparability, findings, settings, oneSided } = parts;
  const primary = metrics.filter((metric) => metric.primary);
  const of = (verdict: ComparedMetric['verdict'], among: readonly ComparedMetric[] = primary): ComparedMetric[] =>
    among.filter((metric) => metric.verdict === verdict);
  /** Told of metrics that are not primary; the load, and what only follows from the configuration, are left out. */
  const others = metrics.filter(
    ({ metric, primary: isPrimary, verdict, p }) =>
      !isPrimary && p !== null && !isLoad(metric) && ['better', 'worse', 'changed'].includes(verdict),
  );
  const refusal = comparability.find((aspect) => aspect.refuses === 'all');
  const [better, worse] = [of('better'), of('worse')];
  const cleared = findings.resolved.filter(({ before }) => before!.severity !== 'info');
  const came = findings.appeared.filter(({ after }) => after!.severity !== 'info');
  const overall = overallOf();
  const sentence = [head(), refusal === undefined ? findingsText() : ''].filter((text) => text !== '').join('; ');
  return { overall, sentence: `${sentence}.`, remarks: remarks() };

  function overallOf(): ComparisonVerdict['overall'] {
    if (refusal !== undefined) return 'not-comparable';
    if (better.length > 0 && worse.length > 0) return 'mixed';
    if (better.length > 0) return 'better';
    if (worse.length > 0) return 'worse';
    if (primary.length > 0 && primary.every((metric) => metric.verdict === 'unchanged')) return 'unchanged';
    if (others.length > 0) return 'changed';
    return 'inconclusive';
  }

  function head(): string {
    if (refusal !== undefined) return `These two cannot be compared: ${refusal.note ?? refusal.aspect}`;
    const told = [...named('better', better), ...named('worse', worse)];
    if (told.length > 0) {
      const text = told.join('; ');
      return text.charAt(0).toUpperCase() + text.slice(1);
    }
    const besides = `${others.length} other${others.length === 1 ? '' : 's'} moved: ${titlesOf(others)}`;
    if (overall === 'unchanged')
      return `Every primary metric is unchanged within what matters in practice${others.length > 0 ? `; ${besides}` : ''}`;
    if (overall === 'changed') return `No primary metric is better or worse, as far as can be told; ${besides}`;
    const needed = of('inconclusive').flatMap(({ neededS }) => neededS ?? []);
    const isOtherLoad = comparability.some(({ refuses }) => refuses === 'not-per-load');
    const isFewRuns = of('inconclusive').some(({ method, p }) => method === 'runs' && p === null);
    if (isFewRuns) return 'It cannot be told whether anything became better or worse: record four or more runs a side';
    const why = needed.length > 0 ? `: record ${lengths(needed)}` : isOtherLoad ? ': the load is not the same' : '';
    return `It cannot be told whether anything became better or worse${why}`;
  }

  function findingsText(): string {
    return [
      cleared.length > 0 ? `no longer found: ${titlesOf(cleared)}` : '',
      came.length > 0 ? `newly found: ${titlesOf(came)}` : '',
    ]
      .filter((text) => text !== '')
      .join('; ');
  }

  function remarks(): string[] {
    const undecided = of('inconclusive').length;
    const alone = oneSided.filter((series) => series.primary);
    const unequal = comparability.filter(({ ok, refuses, note }) => !ok && refuses !== 'all' && note !== null);
    const [load, circumstances] = [
      unequal.filter(({ refuses }) => refuses !== 'none'),
      unequal.filter(({ refuses }) => refuses === 'none'),
    ];
    const notes = [...new Set(circumstances.map(({ note }) => note!))];
    return [
      settingsText(),
      ...(load.length === 0
        ? []
        : [
            `${load.map(({ aspect, note }) => `${aspect}: ${note!}`).join('; ')}. Judged is what is measured per unit of load.`,
          ]),
      ...notes.map((note) => {
        const same = circumstances.filter((one) => one.note === note);
        return `${same.map(({ aspect }) => aspect).join(', ')}: ${note}.`;
      }),
      ...(alone.length === 0 ? [] : [`Primary metrics on one side only: ${alone.length}, ${titlesOf(alone)}.`]),
      ...(undecided > 0 && refusal === undefined
        ? [`Of ${primary.length} primary metrics ${undecided} cannot be told; that is not the same as unchanged.`]
        : []),
    ];
  }

  function settingsText(): string {
    if (settings.length === 0) return 'No recorded setting differs.';
    const known = settings.filter(({ moves }) => moves.length > 0);
    const named = (known.length > 0 ? known : settings).slice(0, NAMED);
    const more = settings.length - named.length;
    const said = named.map(({ key, before, after }) => `${key} ${shortened(before)} → ${shortened(after)}`);
    return `Changed: ${said.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
  }
}

/** Titles and values that are named in a sentence; the rest is counted. */
const NAMED = 3;
const LONGEST_VALUE = 40;

function shortened(value: string | null): string {
  if (value === null) return 'not set';
  return value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE)}…` : value;
}

function titlesOf(list: readonly { readonly title: string }[]): string {
  const titles = [...new Set(list.map(({ title }) => inSentence(title)))];
  const more = titles.length - NAMED;
  return `${titles.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** `better: accept queue overflows 1,220 → 0 per 1,000 incoming connections, and 1 more`. */
function named(word: string, [first, second, ...more]: readonly ComparedMetric[]): string[] {
  if (first === undefined) return [];
  const others =
    second === undefined
      ? ''
      : more.length === 0
        ? ` and ${inSentence(second.title)}`
        : `, and ${1 + more.length} more`;
  return [`${word}: ${inSentence(first.title)} ${fromTo(first)}${others}`];
}

/** `about 21 min a side`, or from the shortest that tells something to the one that tells all. */
function lengths(seconds: readonly number[]): string {
  const [least, most] = [roughly(Math.min(...seconds)), roughly(Math.max(...seconds))];
  return least === most
    ? `about ${least} a side`
    : `about ${least} a side to tell the first primary metric, ${most} to tell all`;
}
