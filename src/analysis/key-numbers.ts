import type { Evidence, KeyNumber } from './document.ts';
import type { JudgedFinding } from './finding-document.ts';

const MOST_NUMBERS = 5;

/** What an incident cost on one host; null for what no source says. */
export interface Impact {
  readonly host: string;
  readonly answered: number | null;
  readonly failed: number | null;
  readonly refusingS: number | null;
  readonly lastedS: number;
}

/** What it cost, where that is not nothing; then up to three numbers of the cause, one of each symptom, and what is left. */
export function keyNumbers(story: readonly JudgedFinding[], impacts: readonly Impact[]): KeyNumber[] {
  const cost = costOf(impacts.find(({ host }) => host === story[0]?.finding.host));
  const valued = story.map(({ finding }) =>
    finding.evidence.flatMap((evidence) => (evidence.value === undefined ? [] : [{ evidence, host: finding.host }])),
  );
  const ordered = [
    ...(valued[0] ?? []).slice(0, 3),
    ...valued.slice(1).flatMap((list) => list.slice(0, 1)),
    ...valued.flat(),
  ];
  const numbers = new Map(ordered.map(({ evidence, host }) => [evidence.text, keyNumber(evidence, host)]));
  return [...cost, ...numbers.values()].slice(0, MOST_NUMBERS);
}

function costOf(impact: Impact | undefined): KeyNumber[] {
  if (impact === undefined) return [];
  const { answered, failed, refusingS, lastedS } = impact;
  const numbers: (KeyNumber | false)[] = [
    failed !== null &&
      failed > 0 && {
        label: `Answered 5xx, of ${withUnit(answered ?? 0, 'requests')} during the incident`,
        value: withUnit(failed, 'requests'),
        usual: null,
      },
    refusingS !== null &&
      refusingS > 0 && {
        label: `In which a listener dropped connections, of ${withUnit(Math.round(lastedS), 's')}`,
        value: withUnit(Math.round(refusingS), 's'),
        usual: null,
      },
  ];
  return numbers.filter((number) => number !== false);
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
