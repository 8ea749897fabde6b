// npm run bench:compare [-- --pairs 1000 --seed 1 --page docs/comparison-accuracy.md --cells FILE --minutes 9]: how often lastack
// compare calls a difference where there is none, and how often it finds one. With --cells what was measured is kept in a
// file and not measured again; with --minutes it ends by then, and the same command goes on where it ended.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { LEVEL } from '../../src/analysis/statistics/level.ts';
import { type Cell, measureCell } from './accuracy.ts';
import { ENOUGH, KINDS, type Kind } from './kinds.ts';

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
  if (values.page !== undefined) writeFileSync(values.page, page(worst, least));
  process.exitCode = worst > 0.05 || least < 0.8 ? 1 : 0;
}

function page(worst: number, least: number): string {
  return [
    '# How often a comparison is right: simulated pairs',
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
    'the difference may be. Real recordings of one load against each other are in `test/compare/recordings`.',
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
