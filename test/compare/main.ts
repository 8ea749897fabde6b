// npm run bench:compare [-- --pairs 1000 --seed 1 --page docs/comparison-accuracy.md]: how often lastack compare calls a difference
// where there is none, and how often it finds one.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { LEVEL } from '../../src/analysis/statistics/level.ts';
import { type Cell, ENOUGH, measureCell } from './accuracy.ts';
import { MAKERS } from './kinds.ts';

const LENGTHS = [60, 120, 360, 600, 1800, 3600];
const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    page: { type: 'string' },
  },
});
const pairs = Number(values.pairs);
const cells: Cell[] = [];
for (const maker of MAKERS)
  for (const n of LENGTHS) {
    const cell = measureCell(maker, n, pairs, Number(values.seed));
    cells.push(cell);
    console.log(line(cell));
  }
const page = [
  '# How often a comparison is right: simulated pairs',
  '',
  `Made by \`npm run bench:compare\` with seed ${values.seed}; do not edit. ${pairs} pairs a cell, through the functions that judge real runs, at`,
  `level ${LEVEL} and without a practical threshold (which can only make calls fewer). Both runs of a pair are of one process: whatever is`,
  'called better, worse or changed is a false call, and at most 5 % may be. "Found" are pairs with a planted shift of one standard deviation',
  `that are called so; at least 80 % where the theory allows it: from ${ENOUGH} independent samples a side. Cannot be told and candidates are counted apart.`,
  '',
  '| process | samples a side | independent | false calls | cannot be told | unchanged | found |',
  '| --- | --: | --: | --: | --: | --: | --: |',
  ...cells.map(line),
  '',
  `Largest share of false calls: ${percent(Math.max(...cells.map(({ called }) => called)))}. Smallest share found from ${ENOUGH} independent samples on: ${percent(Math.min(...cells.filter(({ effective }) => (effective ?? 0) >= ENOUGH).map(({ found }) => found!)))}.`,
  '',
  'What this cannot show: two runs that differ for a reason that holds all through one of them (the day, a neighbour, a rhythm that is',
  'much longer than the runs) differ for any test. Run-by-run comparisons, four a side and in turns, are the answer to that.',
  '',
].join('\n');
if (values.page !== undefined) writeFileSync(values.page, page);
process.exitCode = cells.some(({ called }) => called > 0.05) ? 1 : 0;

function line({ maker, n, called, inconclusive, unchanged, found, effective }: Cell): string {
  return `| ${[maker.name, n, effective === null ? '' : Math.round(effective), percent(called), percent(inconclusive), percent(unchanged), found === null ? '' : percent(found)].join(' | ')} |`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
