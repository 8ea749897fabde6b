import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { distance } from '../../base/quantity.ts';
import type { ChangedSetting, ComparedMetric, Comparison, Hypothesis } from '../comparison-document.ts';
import { builtInQueries } from '../library.ts';
import { fromTo, inSentence } from './wording.ts';

/** What a setting is known to do: `with` it, or `against` it, the metric moves. */
export interface ExpectedEffect {
  readonly setting: string;
  readonly metric: string;
  readonly direction: 'with' | 'against';
  readonly because: string;
}

/** What somebody expects of the change. */
export interface Expectation {
  readonly metric: string;
  readonly expected: Hypothesis['expected'];
}

const WAYS: readonly string[] = ['up', 'down', 'unchanged'];

/** `METRIC up|down|unchanged`; null for anything else. Whether there is such a metric is not looked at. */
export function readExpectation(text: string): Expectation | null {
  const [metric, way, ...more] = text.trim().split(/\s+/);
  if (metric === undefined || way === undefined || more.length > 0 || !WAYS.includes(way)) return null;
  return { metric, expected: way as Expectation['expected'] };
}

/** `queries/comparison/expected-effects.tsv`. */
export function readExpectedEffects(): ExpectedEffect[] {
  const [, ...lines] = readFileSync(join(builtInQueries(), 'comparison', 'expected-effects.tsv'), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => {
    const [setting, metric, direction, because] = line.split('\t') as [
      string,
      string,
      ExpectedEffect['direction'],
      string,
    ];
    return { setting, metric, direction, because };
  });
}

/** The effects that are known of a setting, whatever its upper and lower case. */
export function effectsOf(effects: readonly ExpectedEffect[], key: string): ExpectedEffect[] {
  return effects.filter(({ setting }) => setting.toLowerCase() === key.toLowerCase());
}

/** Answers what was asked, then what is known of the settings that were changed, and is not asked already. */
export function answerHypotheses(
  asked: readonly Expectation[],
  settings: readonly ChangedSetting[],
  effects: readonly ExpectedEffect[],
  { metrics, oneSided }: Pick<Comparison, 'metrics' | 'oneSided'>,
): Hypothesis[] {
  const known = settings.flatMap(({ key, before, after }) => {
    const way = Math.sign(sizeOf(key, after) - sizeOf(key, before));
    if (Math.abs(way) !== 1) return [];
    return effectsOf(effects, key).map(({ metric, direction, because }) => ({
      from: 'setting' as const,
      setting: key,
      metric,
      expected: way > 0 === (direction === 'with') ? ('up' as const) : ('down' as const),
      because,
    }));
  });
  const own = asked.map((one) => ({ ...one, same: known.find((other) => isSame(one, other)) }));
  return [
    ...own.map(({ same, ...one }) => ({
      ...one,
      from: 'asked' as const,
      setting: same?.setting ?? null,
      because: same?.because ?? null,
    })),
    ...known.filter((one) => !own.some(({ same }) => same === one)),
  ].map((one) => ({ ...one, ...answer(one, metrics, oneSided) }));
}

function isSame(a: Expectation, b: Expectation): boolean {
  return a.metric === b.metric && a.expected === b.expected;
}

function answer(
  { metric, expected }: Expectation,
  metrics: readonly ComparedMetric[],
  oneSided: Comparison['oneSided'],
): Pick<Hypothesis, 'answer' | 'sentence'> {
  const found = metrics.filter((one) => one.metric === metric);
  const one = found.find(({ dimension }) => dimension === '') ?? found[0];
  if (one === undefined) {
    const missing = oneSided.find((series) => series.metric === metric)?.missing;
    return { answer: 'not-recorded', sentence: missing ? `Not there ${missing}.` : 'Recorded on neither side.' };
  }
  const { verdict, dimension, difference, threshold, unit, note } = one;
  const went = difference > 0 ? 'up' : 'down';
  const others = found.length - 1;
  const [place, elsewhere] =
    dimension === ''
      ? ['', '']
      : [`${dimension}: `, others > 0 ? ` ${others} more ${others === 1 ? 'place' : 'places'} among all metrics.` : ''];
  const say = (what: Hypothesis['answer'], sentence: string): Pick<Hypothesis, 'answer' | 'sentence'> => ({
    answer: what,
    sentence: `${place}${place === '' ? sentence : inSentence(sentence)}${elsewhere}`,
  });
  if (expected === 'down' && one.before === 0 && one.after === 0)
    return say('not-shown', `Zero on both sides: nothing could go down.`);
  if (verdict === 'unchanged')
    return expected === 'unchanged'
      ? say('confirmed', `Unchanged within ${distance(threshold, unit)}: ${fromTo(one)}.`)
      : say('contradicted', `It did not move by ${distance(threshold, unit)} or more: ${fromTo(one)}.`);
  const why = note === null ? '' : ` (${note})`;
  if (verdict === 'inconclusive') return say('not-shown', `Cannot be told: ${fromTo(one)}${why}.`);
  if (verdict === 'candidate')
    return say('not-shown', `It may have gone ${went}, not for certain: ${fromTo(one)}${why}.`);
  return went === expected
    ? say('confirmed', `It went ${went} as expected: ${fromTo(one)}.`)
    : say('contradicted', `It went ${went}, ${expected} was expected: ${fromTo(one)}.`);
}

const RANGE = 'net.ipv4.ip_local_port_range';

/** The size of a setting: its first number, of a range of ports its width; `on` is 1. NaN where there is none. */
function sizeOf(key: string, text: string | null): number {
  if (text === null) return Number.NaN;
  if (/^on$/i.test(text)) return 1;
  if (/^off$/i.test(text)) return 0;
  const [first, second] = text.match(/\d+(\.\d+)?/g)?.map(Number) ?? [];
  return key === RANGE && second !== undefined ? second - first! : (first ?? Number.NaN);
}
