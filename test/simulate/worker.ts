import { parentPort } from 'node:worker_threads';
import { openCase } from './open-case.ts';
import { draw, kinds } from './scenario.ts';
import { simulate } from './score.ts';

/** One run to make: the kind (null: quiet) and its number. */
export interface Task {
  readonly kind: string | null;
  readonly index: number;
}

/** Runs that are made in one case. */
export interface Batch {
  readonly tasks: readonly Task[];
  readonly seed: number;
  /** Of each kind so many are replayed for the time to detection. */
  readonly replay: number;
}

const { connection } = await openCase();
parentPort!.on('message', ({ tasks, seed, replay }: Batch) => {
  const plans = tasks.map((task) => draw(kinds.find((kind) => kind.id === task.kind) ?? null, task.index, seed));
  void simulate(connection, plans, (plan) => plan.kind !== null && plan.index < replay).then((scored) =>
    parentPort!.postMessage(scored),
  );
});
