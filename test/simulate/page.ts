import { INTERVALS, kinds, NOISES, STRENGTHS } from './scenario.ts';
import type { Scored } from './score.ts';

const MOST_LISTED = 40;

/** The results as a page of Markdown. */
export function writePage(results: readonly Scored[], seed: number): string {
  const quiet = results.filter((one) => one.plan.kind === null);
  const ill = results.filter((one) => one.plan.kind !== null);
  const alarms = quiet.filter((one) => one.grave.length > 0);
  const seen = ill.filter((one) => one.visible);
  const unseen = ill.filter((one) => !one.visible);
  const early = ill.filter((one) => one.plan.early && one.found);
  return [
    '# How often the diagnosis is right: simulated runs',
    '',
    `Made by \`npm run simulate\` with seed ${seed}; do not edit. Simulated tables test the statistics (baselines, noise, gaps, intervals),`,
    'not the parsers, and not whether the world behaves like this: recordings of real incidents do that. What is simulated:',
    '[test/simulate](../test/simulate/README.md).',
    '',
    '## Quiet runs',
    '',
    `${quiet.length} runs without a fault, with daily rhythm, bursts, drifts, deploys, reboots, gaps, lone errors, offices, phones, scans and missing sources. A finding above`,
    `info was raised in ${alarms.length} (${share(alarms.length, quiet.length)}).`,
    ...alarms.slice(0, MOST_LISTED).map((one) => `- run ${one.plan.index} (${describe(one)}): ${one.grave.join(', ')}`),
    '',
    '## Incidents',
    '',
    'Recall: the finding is there, of the runs whose sources can show it. Cause: the verdict names what was done. Precision: of all runs, quiet ones',
    'included, in which the finding is above info, those in which it is true. Onset: distance to the true one, in sampling intervals. Detection: from',
    'the true onset to the first sample with which the finding was known, of the first runs of each kind, one of each sampling interval.',
    '',
    ...table(
      [
        'kind',
        'runs',
        'can be seen',
        'recall',
        'cause right',
        'other cause',
        'no cause',
        'precision',
        'onset, median',
        'onset, 90 %',
        'detection, median',
        'detection, 90 %',
      ],
      kinds.map((kind) => {
        const runs = ill.filter((one) => one.plan.kind === kind.id);
        const can = runs.filter((one) => one.visible);
        const said = results.filter((one) => one.grave.includes(kind.id));
        const onset = can.flatMap((one) =>
          one.onsetErrorS === null || one.plan.early ? [] : [Math.abs(one.onsetErrorS) / one.plan.intervalS],
        );
        const detected = can.flatMap((one) =>
          one.detectedAfterS === null || one.plan.early ? [] : [one.detectedAfterS],
        );
        return [
          kind.id,
          runs.length,
          can.length,
          share(can.filter((one) => one.found).length, can.length),
          named(can),
          can.filter((one) => one.right === false && one.root !== null).length,
          can.filter((one) => one.right === false && one.root === null).length,
          kind.info ? 'info' : share(said.filter((one) => !one.wrong.includes(kind.id)).length, said.length),
          quantile(onset, 0.5),
          quantile(onset, 0.9),
          quantile(detected, 0.5, ' s'),
          quantile(detected, 0.9, ' s'),
        ];
      }),
    ),
    '',
    '## By what makes it hard',
    '',
    ...table(
      ['', 'runs', 'recall', 'cause right', 'something wrong said'],
      [
        ...STRENGTHS.map((name) =>
          difficulty(
            name,
            seen.filter((one) => one.plan.strength === name),
          ),
        ),
        ...NOISES.map((name) =>
          difficulty(
            `${name} noise`,
            seen.filter((one) => one.plan.noise === name),
          ),
        ),
        ...INTERVALS.map((every) =>
          difficulty(
            `a sample every ${every} s`,
            seen.filter((one) => one.plan.intervalS === every),
          ),
        ),
        difficulty(
          'all sources there',
          seen.filter((one) => one.plan.missing === null),
        ),
        difficulty(
          'a source missing that is not needed',
          seen.filter((one) => one.plan.missing !== null),
        ),
        difficulty(
          'begins before the recording',
          seen.filter((one) => one.plan.early),
        ),
        difficulty(
          'two hosts',
          seen.filter((one) => one.plan.hosts > 1),
        ),
        difficulty('all', seen),
      ],
    ),
    '',
    `Where the source was missing that shows it (${unseen.length} runs), the finding is listed as not checked in ${unseen.filter((one) => one.unchecked).length}, and`,
    `a cause that is not true was named in ${unseen.filter((one) => one.root !== null && one.wrong.includes(one.root)).length}. Where the fault was older than the recording and found (${early.length} runs),`,
    `the verdict was called sure in ${early.filter((one) => one.confidence === 'high').length}.`,
    '',
    '## Runs with a wrong or missing answer',
    '',
    ...seen
      .filter((one) => one.right === false || !one.found || one.wrong.length > 0)
      .slice(0, MOST_LISTED)
      .map((one) => `- ${one.plan.kind} ${one.plan.index} (${describe(one)}): ${verdictOf(one)}`),
    '',
  ].join('\n');
}

function difficulty(name: string, runs: readonly Scored[]): (string | number)[] {
  return [
    name,
    runs.length,
    share(runs.filter((one) => one.found).length, runs.length),
    named(runs),
    share(runs.filter((one) => one.wrong.length > 0).length, runs.length),
  ];
}

function describe({ plan }: Scored): string {
  const parts = [
    `every ${plan.intervalS} s`,
    `${plan.samples} samples`,
    ...(plan.kind === null ? [] : [plan.strength]),
    `${plan.noise} noise`,
    ...(plan.missing === null ? [] : [`without ${plan.missing}`]),
    ...(plan.early ? ['begins before'] : []),
    ...(plan.hosts > 1 ? ['two hosts'] : []),
    ...plan.habits,
  ];
  return parts.join(', ');
}

function verdictOf(one: Scored): string {
  const parts = [
    one.right !== false ? 'cause right' : `cause ${one.root ?? 'not named'}`,
    ...(one.found ? [] : ['finding missed']),
    ...(one.wrong.length > 0 ? [`also ${one.wrong.join(', ')}`] : []),
  ];
  return parts.join('; ');
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, place) => (place === 0 ? '---' : '--:'))), ...rows.map(line)];
}

function named(runs: readonly Scored[]): string {
  const asked = runs.filter((one) => one.right !== null);
  return share(asked.filter((one) => one.right === true).length, asked.length);
}

function share(part: number, of: number): string {
  return of === 0 ? '–' : `${((100 * part) / of).toFixed(1)} %`;
}

function quantile(values: readonly number[], at: number, unit = ''): string {
  if (values.length === 0) return '–';
  const sorted = values.toSorted((a, b) => a - b);
  return `${sorted[Math.min(sorted.length - 1, Math.floor(at * sorted.length))]!.toFixed(1)}${unit}`;
}
