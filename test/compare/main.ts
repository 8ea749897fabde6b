// npm run bench:compare [-- --pairs 1000 --seed 1 --page docs/comparison-accuracy.md --cells FILE --minutes 9]: how often lastack
// compare calls a difference where there is none, and how often it finds one. With --cells what was measured is kept in a
// file and not measured again; with --minutes it ends by then, and the same command goes on where it ended.
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { LEVEL } from '../../src/analysis/statistics/level.ts';
import { type Cell, measureCell } from './accuracy.ts';
import { ENOUGH, KINDS, type Kind } from './kinds.ts';
import { measureRecordings, type RecordedPair } from './recorded.ts';

const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    page: { type: 'string' },
    cells: { type: 'string' },
    minutes: { type: 'string' },
  },
});
const [pairs, seed] = [Number(values.pairs), Number(values.seed)];
const until = values.minutes === undefined ? Number.POSITIVE_INFINITY : Date.now() + 60_000 * Number(values.minutes);
const kept = new Map(
  values.cells === undefined || !existsSync(values.cells)
    ? []
    : readFileSync(values.cells, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as { key: string; cell: Cell })
        .map(({ key, cell }) => [key, cell]),
);
const plan = KINDS.flatMap((kind) => kind.lengths.map((n) => ({ kind, n, key: `${kind.name}/${n}/${pairs}/${seed}` })));
const rows: { kind: Kind; cell: Cell }[] = [];
for (const { kind, n, key } of plan) {
  if (!kept.has(key) && Date.now() > until) continue;
  const cell = kept.get(key) ?? measureCell(kind, n, pairs, seed);
  if (!kept.has(key) && values.cells !== undefined) appendFileSync(values.cells, `${JSON.stringify({ key, cell })}\n`);
  rows.push({ kind, cell });
  console.log(line(kind, cell));
}
if (rows.length < plan.length) {
  console.log(`${plan.length - rows.length} of ${plan.length} cells are left; the same command goes on`);
  process.exitCode = 1;
} else {
  const worst = Math.max(...rows.map(({ cell }) => cell.called));
  const wanted = rows.filter(({ kind, cell }) => kind.planted !== null && kind.findable(cell.n));
  const least = Math.min(...wanted.map(({ cell }) => cell.found!));
  if (values.page !== undefined) writeFileSync(values.page, page(worst, least, await recorded()));
  process.exitCode = worst > 0.05 || least < 0.8 ? 1 : 0;
}

/** Pairs of real runs; the recordings are imported into a case that is removed afterwards. */
async function recorded(): Promise<RecordedPair[]> {
  const folder = mkdtempSync(join(tmpdir(), 'lastack-recordings-'));
  try {
    return await measureRecordings(join(folder, 'case.duckdb'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function page(worst: number, least: number, real: readonly RecordedPair[]): string {
  const most = Math.max(...real.map(({ called, metrics }) => called.length / metrics));
  return [
    '# How often a comparison is right',
    '',
    '## Simulated pairs',
    '',
    `Made by \`npm run bench:compare\` with seed ${seed}; do not edit. ${pairs} pairs a cell, through the functions that judge real runs, at`,
    `level ${LEVEL} and without a practical threshold (which can only make calls fewer). Both sides of a pair are of one process: whatever is`,
    'called better, worse or changed is a false call, and at most 5 % may be. “Interval misses” are intervals, of such pairs, that leave out',
    'that nothing differs. “Found” are pairs into which a difference was planted that are called so: at least 80 % where theory allows it, which is',
    `marked by a dot: for a shift of one standard deviation from ${ENOUGH} independent samples a side. (With an autocorrelation time that is known`,
    'it would be 20; it has to be estimated, and takes eight blocks of twice that time.) Cannot be told and candidates are counted apart.',
    '',
    '| process | planted | values a side | independent | false calls | cannot be told | unchanged | interval misses | found |',
    '| --- | --- | --: | --: | --: | --: | --: | --: | --: |',
    ...rows.map(({ kind, cell }) => line(kind, cell)),
    '',
    `Largest share of false calls: ${percent(worst)}. Smallest share found where theory allows it: ${percent(least)}.`,
    '',
    'What this cannot show: two runs that differ for a reason that holds all through one of them (the day, a neighbour, a rhythm that is',
    'much longer than the runs) differ for any test. Run-by-run comparisons, four a side and in turns, are the answer to that.',
    'Bursts that are as many as before and larger are not found: one run a side has too few of them to say so. The interval tells how large',
    'the difference may be.',
    '',
    '## Recordings against themselves',
    '',
    'Runs in `test/compare/recordings` between which, and within which, nothing was changed: two seeds of the same visitors recorded at the same',
    'time, halves of a run, and eighths of it in turns (A-B-B-A-A-B-B-A), four a side. All metrics of the runs with',
    'their practical thresholds, as `lastack compare` judges them; at most 5 % may be called, and no primary one.',
    '',
    '| pair | metrics | called | of these primary | candidates | unchanged | cannot be told |',
    '| --- | --: | --: | --: | --: | --: | --: |',
    ...real.map(
      (pair) =>
        `| ${[pair.name, pair.metrics, pair.called.length, pair.primaryCalled, pair.candidates, pair.unchanged, pair.inconclusive].join(' | ')} |`,
    ),
    '',
    `Largest share called: ${percent(most)}.${real.map(({ name, called }) => (called.length === 0 ? '' : ` ${name}: ${called.join(', ')}.`)).join('')}`,
    '',
    'These are few hosts: two builds of one kernel, two MPMs, a machine with two processors that had other work besides. Two days or two hosts are',
    'more different than this. A pair that was called, and why: [decision 035](decisions/035-recordings-on-a-busy-machine.md).',
    '',
  ].join('\n');
}

function line(kind: Kind, cell: Cell): string {
  const { n, called, inconclusive, unchanged, missed, found } = cell;
  const effective = kind.effective === undefined ? '' : Math.round(kind.effective(n));
  const mark = found !== null && kind.findable(n) ? ' ·' : '';
  const cells = [
    kind.name,
    kind.planted ?? '',
    n,
    effective,
    percent(called),
    percent(inconclusive),
    percent(unchanged),
  ];
  return `| ${[...cells, share(missed), `${share(found)}${mark}`].join(' | ')} |`;
}

function share(value: number | null): string {
  return value === null ? '' : percent(value);
}

function percent(value: number): string {
  return `${(value * 100).toFixed(1)} %`;
}
