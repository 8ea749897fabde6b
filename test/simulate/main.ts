// npm run simulate [-- --quiet 500 --each 50 --replay 3 --seed 1 --page docs/simulation.md]: makes runs with a known truth,
// diagnoses them and prints how often that was right.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { writePage } from './page.ts';
import { kinds } from './scenario.ts';
import type { Scored } from './score.ts';
import type { Task, WorkerInput } from './worker.ts';

const { values } = parseArgs({
  options: {
    quiet: { type: 'string', default: '500' },
    each: { type: 'string', default: '50' },
    replay: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    page: { type: 'string' },
  },
});
const seed = Number(values.seed);
const numbers = (count: string): number[] => Array.from({ length: Number(count) }, (_, index) => index);
// All kinds advance together, so that the page is a fair draw at any moment.
const tasks: Task[] = [
  ...numbers(values.quiet).map((index) => ({ kind: null, index, replay: false, place: index / Number(values.quiet) })),
  ...kinds.flatMap((kind) =>
    numbers(values.each).map((index) => {
      const replay = index < Number(values.replay);
      return { kind: kind.id, index, replay, place: index / Number(values.each) };
    }),
  ),
].toSorted((a, b) => a.place - b.place);
const results: Scored[] = [];
await Promise.all([0, 1].map((part) => work(tasks.filter((_, place) => place % 2 === part))));
console.log(`\n${tell()}`);
function tell(): string {
  results.sort((a, b) => compare(a.plan.kind ?? '', b.plan.kind ?? '') || a.plan.index - b.plan.index);
  const page = writePage(results, seed);
  if (values.page !== undefined) writeFileSync(values.page, page);
  return page;
}

async function work(part: readonly Task[]): Promise<void> {
  const workerData: WorkerInput = { tasks: part, seed };
  const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData });
  worker.on('message', (scored: Scored) => {
    results.push(scored);
    if (results.length % 50 !== 0) return;
    console.log(`${results.length} of ${tasks.length}`);
    tell();
  });
  await new Promise<void>((resolve, reject) => {
    worker.on('error', reject);
    worker.on('exit', () => resolve());
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
