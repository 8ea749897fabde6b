import type { Evidence, KeyNumber } from './document.ts';
import type { JudgedFinding } from './finding-document.ts';

const MOST_NUMBERS = 5;

/** Three numbers of the cause, then one of each symptom, then what is left. */
export function keyNumbers(story: readonly JudgedFinding[]): KeyNumber[] {
  const valued = story.map(({ finding }) =>
    finding.evidence.flatMap((evidence) => (evidence.value === undefined ? [] : [{ evidence, host: finding.host }])),
  );
  const ordered = [
    ...(valued[0] ?? []).slice(0, 3),
    ...valued.slice(1).flatMap((list) => list.slice(0, 1)),
    ...valued.flat(),
  ];
  const numbers = new Map(ordered.map(({ evidence, host }) => [evidence.text, keyNumber(evidence, host)]));
  return [...numbers.values()].slice(0, MOST_NUMBERS);
}

function keyNumber(evidence: Evidence, host: string): KeyNumber {
  return {
    label: evidence.text,
    value: withUnit(evidence.value ?? 0, evidence.unit),
    usual: evidence.baseline === undefined ? null : withUnit(evidence.baseline, evidence.unit),
    ...(evidence.metric === undefined ? {} : { host, metric: evidence.metric, dimension: evidence.dimension ?? '' }),
  };
}

function withUnit(value: number, unit: string | undefined): string {
  if (unit === 'ratio') return value > 2 ? value.toFixed(1) : `${Math.round(value * 1000) / 10} %`;
  const digits = Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  const text = value.toLocaleString('en-US', { maximumFractionDigits: digits });
  return unit === undefined || unit === ''
    ? text
    : unit.startsWith('/')
      ? `${text} per ${unit.slice(1)}`
      : `${text} ${text === '1' ? singular(unit) : unit}`;
}

/** `1 socket`, `1 entry`, `1 process`; units of one letter stay. */
function singular(unit: string): string {
  return unit.replace(/\b([a-z]{2,}?)(ies|sses|s)(?=$|,)/, (_, stem: string, end: string) =>
    end === 'ies' ? `${stem}y` : end === 'sses' ? `${stem}ss` : stem,
  );
}
