import { availableParallelism } from 'node:os';
import { WorkerThread } from './worker-thread.ts';

const MOST = 8;

/**
 * The worker threads of an import, which stops them in the end. They load all sources as soon as they are made, while the case is
 * being opened.
 */
export class Readers {
  readonly threads: readonly WorkerThread[];

  constructor(count: number) {
    this.threads = Array.from({ length: count }, () => new WorkerThread());
  }

  /** May be called again. */
  async stop(): Promise<void> {
    await Promise.all(this.threads.map((thread) => thread.stop()));
  }
}

/** Readers for so many captures: one a core but one, which is left to the store. */
export function readersFor(captures: number): Readers {
  return new Readers(Math.min(Math.max(1, availableParallelism() - 1), MOST, captures));
}
