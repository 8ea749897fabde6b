import { Worker } from 'node:worker_threads';
import type { LogFormats } from './log-format.ts';
import type { FromWorker, Job, JobResult, TableBatch, ToWorker } from './protocol.ts';

/** What the owner of a worker does with what it reads. */
export interface JobHandlers {
  /** The batch's buffer goes back to the worker afterwards. */
  onBatch(batch: TableBatch): Promise<void>;
  onFormats(logFormats: LogFormats): void;
  /** All batches have been handled, and none of the next job. */
  onDone(result: JobResult): Promise<void>;
}

interface Running {
  readonly handlers: JobHandlers;
  resolve(this: void): void;
  reject(this: void, error: Error): void;
}

/** A worker thread. It reads one job after the other, and need not wait until what it read has been handled. */
export class WorkerThread {
  readonly #worker: Worker;
  /** Jobs given and not done, in order; messages are of the first. */
  readonly #running: Running[] = [];
  #handled: Promise<void> = Promise.resolve();
  /** Why nothing can be given to it any more. */
  #failure: Error | null = null;

  constructor() {
    this.#worker = new Worker(new URL('./worker.js', import.meta.url));
    this.#worker.on('message', (message: FromWorker) => {
      this.#handled = this.#handled.then(() => this.#handle(message)).catch((error: unknown) => this.#fail(error));
    });
    this.#worker.on('error', (error) => this.#fail(error));
  }

  /** Reads one archive or folder after those given before. Rejects when the worker or a handler fails. */
  run(job: Job, handlers: JobHandlers): Promise<void> {
    if (this.#failure !== null) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      this.#running.push({ handlers, resolve, reject });
      this.#send({ type: 'job', job });
    });
  }

  async #handle(message: FromWorker): Promise<void> {
    const running = this.#running[0];
    if (running === undefined) return;
    if (message.type === 'batches') {
      for (const batch of message.batches) await running.handlers.onBatch(batch);
      const buffers = message.batches.map(({ batch }) => batch.buffer);
      this.#send({ type: 'ack', buffers }, buffers);
    } else if (message.type === 'formats') {
      running.handlers.onFormats(message.logFormats);
    } else {
      await running.handlers.onDone(message.result);
      this.#running.shift();
      running.resolve();
    }
  }

  #fail(error: unknown): void {
    const failure = error instanceof Error ? error : new Error(String(error));
    this.#failure ??= failure;
    for (const { reject } of this.#running.splice(0)) reject(failure);
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }

  #send(message: ToWorker, transfer: ArrayBuffer[] = []): void {
    this.#worker.postMessage(message, transfer);
  }
}
