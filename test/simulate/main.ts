// npm run simulate [-- --quiet 500 --each 50 --replay 6 --seed 1 --kinds syn-flood,quiet --results FILE --minutes 9 --page docs/simulation.md]:
// makes runs with a known truth, diagnoses them and prints how often that was right. With --results a later call goes on where
// this one ended.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { writePage } from './page.ts';
import { Results } from './results.ts';
import { draw, kinds } from './scenario.ts';
import type { Scored } from './score.ts';
import type { Batch, Task } from './worker.ts';

/** Runs in one case: many share the cost of a query, few show early how it goes. */
const BATCH = 32;
const WORKERS = 2;

const { values } = parseArgs({
  options: {
    quiet: { type: 'string', default: '500' },
    each: { type: 'string', default: '50' },
    replay: { type: 'string', default: '6' },
    seed: { type: 'string', default: '1' },
    kinds: { type: 'string' },
    results: { type: 'string' },
    minutes: { type: 'string', default: 'Infinity' },
    page: { type: 'string' },
  },
});
const [quiet, each, replay, seed] = [values.quiet, values.each, values.replay, values.seed].map(Number) as [
  number,
  number,
  number,
  number,
];
const until = Date.now() + 60_000 * Number(values.minutes);
const results = new Results(values.results ?? null);
const chosen = values.kinds?.split(',');
const unknown = chosen?.filter((id) => id !== 'quiet' && !kinds.some((kind) => kind.id === id)) ?? [];
if (unknown.length > 0)
  throw new Error(`no kind ${unknown.join(', ')}; there are quiet, ${kinds.map(({ id }) => id).join(', ')}`);

const batches = makeBatches();
const total = batches.reduce((sum, batch) => sum + batch.length, 0);
let done = 0;
await Promise.all(Array.from({ length: WORKERS }, work));
const page = writePage(results.list(), seed);
if (values.page !== undefined) writeFileSync(values.page, page);
console.log(`\n${page}`);
if (done < total) console.log(`${total - done} runs are left: call again`);

/** Runs that share a missing source, and so can share a case. All kinds advance together, so that any part is a fair draw. */
function makeBatches(): Task[][] {
  const of = (kind: string | null, count: number): (Task & { place: number })[] =>
    chosen?.includes(kind ?? 'quiet') === false
      ? []
      : Array.from({ length: count }, (_, index) => ({ kind, index, place: index / count }));
  const tasks = [of(null, quiet), ...kinds.map((kind) => of(kind.id, each))]
    .flat()
    .filter((task) => !results.has(task.kind, task.index))
    .toSorted((a, b) => a.place - b.place);
  const open = new Map<string | null, Task[]>();
  const full: Task[][] = [];
  for (const { kind, index } of tasks) {
    const { missing } = draw(kinds.find((one) => one.id === kind) ?? null, index, seed);
    const batch = open.get(missing) ?? [];
    open.set(missing, batch);
    batch.push({ kind, index });
    if (batch.length < BATCH) continue;
    full.push(batch);
    open.delete(missing);
  }
  return [...full, ...open.values()];
}

async function work(): Promise<void> {
  const worker = new Worker(new URL('./worker.js', import.meta.url));
  for (let tasks = batches.shift(); tasks !== undefined && Date.now() < until; tasks = batches.shift()) {
    const scored = await ask(worker, { tasks, seed, replay });
    results.add(scored);
    done += scored.length;
    console.log(`${done} of ${total}`);
  }
  await worker.terminate();
}

function ask(worker: Worker, batch: Batch): Promise<Scored[]> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (scored: Scored[]) => {
      worker.off('error', reject);
      resolve(scored);
    });
    worker.postMessage(batch);
  });
}
