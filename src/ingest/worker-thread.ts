import { Worker } from 'node:worker_threads';
import type { Batch } from '../base/batch.ts';
import type { RowOrigin } from '../store/appender.ts';
import type { LogFormats } from './log-format.ts';
import type { FromWorker, Job, JobResult, ToWorker } from './protocol.ts';

/** What the owner of a worker does with what it reads. */
export interface JobHandlers {
  /** The batch's buffer goes back to the worker afterwards. */
  onBatch(origin: RowOrigin, table: string, batch: Batch): Promise<void>;
  onFormats(logFormats: LogFormats): void;
}

/** A worker thread that reads one job at a time. */
export class WorkerThread {
  readonly #worker: Worker;

  constructor() {
    this.#worker = new Worker(new URL('./worker.js', import.meta.url));
  }

  /** Reads one archive or folder. Resolves when all its batches have been handled; rejects when the worker or a handler fails. */
  run(job: Job, handlers: JobHandlers): Promise<JobResult> {
    return new Promise((resolve, reject) => {
      let queue: Promise<void> = Promise.resolve();
      const settle = (finish: () => void): void => {
        this.#worker.off('message', onMessage);
        this.#worker.off('error', onError);
        finish();
      };
      const onError = (error: unknown): void =>
        settle(() => reject(error instanceof Error ? error : new Error(String(error))));
      const handle = async (message: FromWorker): Promise<void> => {
        if (message.type === 'batch') {
          await handlers.onBatch(message.origin, message.table, message.batch);
          const { buffer } = message.batch;
          this.#send({ type: 'ack', buffer }, [buffer]);
        } else if (message.type === 'formats') {
          handlers.onFormats(message.logFormats);
        } else {
          settle(() => resolve(message.result));
        }
      };
      const onMessage = (message: FromWorker): void => {
        queue = queue.then(() => handle(message)).catch(onError);
      };
      this.#worker.on('message', onMessage);
      this.#worker.on('error', onError);
      this.#send({ type: 'job', job });
    });
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }

  #send(message: ToWorker, transfer: ArrayBuffer[] = []): void {
    this.#worker.postMessage(message, transfer);
  }
}
