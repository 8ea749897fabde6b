import { roughly } from '../../base/quantity.ts';
import type { ComparedMetric, Comparison, ComparisonVerdict } from '../comparison-document.ts';
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
  parts: Pick<Comparison, 'metrics' | 'comparability' | 'findings' | 'settings' | 'hypotheses'>,
): ComparisonVerdict {
  const { metrics, comparability, findings, settings } = parts;
  const primary = metrics.filter((metric) => metric.primary);
  const of = (verdict: ComparedMetric['verdict'], among: readonly ComparedMetric[] = primary): ComparedMetric[] =>
    among.filter((metric) => metric.verdict === verdict);
  /** Told of metrics that are not primary; what only follows from the configuration is left out. */
  const others = metrics.filter(
    ({ primary: isPrimary, verdict, method }) =>
      !isPrimary && method !== 'constant' && ['better', 'worse', 'changed'].includes(verdict),
  );
  const refusal = comparability.find((aspect) => aspect.refuses === 'all');
  const [better, worse] = [of('better'), of('worse')];
  const cleared = findings.resolved.filter(({ before }) => before!.severity !== 'info');
  const came = findings.appeared.filter(({ after }) => after!.severity !== 'info');
  const overall = overallOf();
  const sentence = [head(), findingsText()].filter((text) => text !== '').join('; ');
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
    const besides = `${others.length} other${others.length === 1 ? '' : 's'} moved`;
    if (overall === 'unchanged')
      return `Every primary metric is unchanged within what matters in practice${others.length > 0 ? `; ${besides}` : ''}`;
    if (overall === 'changed') return `No primary metric is better or worse, as far as can be told; ${besides}`;
    const needed = of('inconclusive').flatMap(({ neededS }) => neededS ?? []);
    return `It cannot be told whether anything became better or worse${needed.length > 0 ? `: record ${lengths(needed)}` : ''}`;
  }

  function findingsText(): string {
    const names = (list: typeof cleared): string =>
      [...new Set(list.map(({ title }) => inSentence(title)))].slice(0, 3).join(', ');
    return [
      cleared.length > 0 ? `no longer found: ${names(cleared)}` : '',
      came.length > 0 ? `newly found: ${names(came)}` : '',
    ]
      .filter((text) => text !== '')
      .join('; ');
  }

  function remarks(): string[] {
    const known = settings.filter(({ moves }) => moves.length > 0);
    const undecided = of('inconclusive').length;
    return [
      settings.length === 0
        ? 'No recorded setting differs.'
        : `Changed: ${(known.length > 0 ? known : settings)
            .slice(0, 4)
            .map(({ key, before, after }) => `${key} ${before ?? 'not set'} → ${after ?? 'not set'}`)
            .join(', ')}${settings.length > 4 ? ` and ${settings.length - 4} more` : ''}.`,
      ...comparability.filter(({ ok, note }) => !ok && note !== null).map(({ aspect, note }) => `${aspect}: ${note!}.`),
      ...(undecided > 0 && refusal === undefined
        ? [`Of ${primary.length} primary metrics ${undecided} cannot be told; that is not the same as unchanged.`]
        : []),
    ];
  }
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
