import { parentPort, workerData } from 'node:worker_threads';
import { openCase } from './open-case.ts';
import { draw, kinds } from './scenario.ts';
import { analysisOptions, type Scored, simulate } from './score.ts';

/** One run to make: the kind (null: quiet) and its number; `replay` asks for the time to detection too. */
export interface Task {
  readonly kind: string | null;
  readonly index: number;
  readonly replay: boolean;
}

export interface WorkerInput {
  readonly tasks: readonly Task[];
  readonly seed: number;
}

const { tasks, seed } = workerData as WorkerInput;
const { connection, close } = await openCase();
const options = await analysisOptions();
for (const task of tasks) {
  const plan = draw(kinds.find((kind) => kind.id === task.kind) ?? null, task.index, seed);
  const scored: Scored = await simulate(connection, plan, options, task.replay);
  parentPort!.postMessage(scored);
}
close();
