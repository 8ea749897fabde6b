import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ChangedSetting, ComparedMetric, Hypothesis } from '../comparison-document.ts';
import { builtInQueries } from '../library.ts';
import { amount } from './amount.ts';

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

/** Answers what was asked, then what is known of the settings that were changed. */
export function answerHypotheses(
  asked: readonly Expectation[],
  settings: readonly ChangedSetting[],
  effects: readonly ExpectedEffect[],
  metrics: readonly ComparedMetric[],
): Hypothesis[] {
  const known = settings.flatMap((setting) => {
    const way = Math.sign(firstNumber(setting.after) - firstNumber(setting.before));
    if (!(Math.abs(way) === 1)) return [];
    return effectsOf(effects, setting.key).map((effect) => ({
      from: 'setting' as const,
      setting: setting.key,
      metric: effect.metric,
      expected: way > 0 === (effect.direction === 'with') ? ('up' as const) : ('down' as const),
      because: effect.because,
    }));
  });
  const own = asked.map((one) => ({ ...one, from: 'asked' as const, setting: null, because: null }));
  return [...own, ...known].map((one) => ({ ...one, ...answer(one, metrics) }));
}

function answer(
  { metric, expected }: Expectation,
  metrics: readonly ComparedMetric[],
): Pick<Hypothesis, 'answer' | 'sentence'> {
  const found = metrics.filter((one) => one.metric === metric);
  const one = found.find(({ dimension }) => dimension === '') ?? found[0];
  if (one === undefined)
    return { answer: 'not-recorded', sentence: `${metric} is not recorded on both sides, or is no metric.` };
  const told = ['better', 'worse', 'changed'].includes(one.verdict);
  const went = one.difference > 0 ? 'up' : 'down';
  const values = `${amount(one.before)} → ${amount(one.after)} ${one.unit}`;
  if (one.verdict === 'unchanged')
    return expected === 'unchanged'
      ? { answer: 'confirmed', sentence: `Unchanged within ${amount(one.threshold)}: ${values}.` }
      : { answer: 'contradicted', sentence: `It did not move by more than ${amount(one.threshold)}: ${values}.` };
  if (!told)
    return { answer: 'not-shown', sentence: `Cannot be told: ${values}${one.note === null ? '' : ` (${one.note})`}.` };
  return went === expected
    ? { answer: 'confirmed', sentence: `It went ${went} as expected: ${values}.` }
    : { answer: 'contradicted', sentence: `It went ${went}, ${expected} was expected: ${values}.` };
}

function firstNumber(text: string | null): number {
  if (text === null) return Number.NaN;
  if (/^on$/i.test(text)) return 1;
  if (/^off$/i.test(text)) return 0;
  const numbers = text.match(/-?\d+(\.\d+)?/g)?.map(Number) ?? [];
  // A range of ports: its width.
  return numbers.length === 2 ? numbers[1]! - numbers[0]! : (numbers[0] ?? Number.NaN);
}
