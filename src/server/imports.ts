import { setTimeout as after } from 'node:timers/promises';
import { DEFAULT_LIMITS } from '../capture/limits.ts';
import type { CaptureRecord } from './data/capture-record.ts';
import { Gate } from './data/gate.ts';
import type { ServedCase } from './data/served-case.ts';
import type { FileResult, ImportJob, ImportOutcome, ImportRows } from './jobs/import-process.ts';
import { JobError, type JobKind, runJob } from './jobs/run-job.ts';
import type { ServerSettings } from './settings.ts';

const READ: JobKind<ImportJob, ImportRows, ImportOutcome> = {
  entry: new URL('./jobs/import-process.js', import.meta.url),
};
const HEAP_MB = 512;
/** Bytes and files that are read at a time: who wants to look at the case waits no longer. */
const BATCH_BYTES = 32 * 2 ** 20;
const BATCH_FILES = 200;
const BUSY_WAIT_MS = 2000;
const NO_ROOM_WAIT_MS = 5000;

/** Reads what was uploaded into the cases: one process a case at a time, a few cases at once, the others in a queue. */
export class Imports {
  readonly #settings: ServerSettings;
  readonly #gate: Gate;
  readonly #stop = new AbortController();
  readonly #running = new Map<ServedCase, Promise<void>>();
  /** Captures whose process died: they are read one by one. */
  readonly #suspects = new Set<string>();

  constructor(settings: ServerSettings) {
    this.#settings = settings;
    this.#gate = new Gate(settings.limits.imports);
  }

  /** Sees to it that what waits in the case is read. */
  wake(served: ServedCase): void {
    if (this.#running.has(served) || this.#stop.signal.aborted) return;
    const done = this.#drain(served)
      .catch((error: unknown) => this.#stand(served, error instanceof Error ? error.message : String(error)))
      .finally(() => {
        this.#running.delete(served);
        served.tellState();
      });
    this.#running.set(served, done);
  }

  /** Reads the summary of a case that something else has changed. */
  async refresh(served: ServedCase): Promise<void> {
    if (this.#running.has(served) || (await served.summaryIsFresh())) return;
    try {
      await this.#gate.run(() => served.lock.write(() => this.#run(served, [])));
    } catch (error) {
      this.#stand(served, error instanceof Error ? error.message : String(error));
    }
  }

  /** Ends all processes; what they had not finished is read after the next start. */
  async close(): Promise<void> {
    this.#stop.abort();
    await Promise.allSettled(this.#running.values());
  }

  async #drain(served: ServedCase): Promise<void> {
    for (;;) {
      const batch = this.#nextBatch(served);
      if (batch.length === 0 || this.#stop.signal.aborted || served.info.deleted !== null) return;
      const waitMs = await this.#gate.run(() => served.lock.write(() => this.#attempt(served, batch)));
      if (waitMs > 0) await after(waitMs, undefined, { signal: this.#stop.signal }).catch(() => undefined);
    }
  }

  /** Reads a batch; returns how long to wait before the next attempt. */
  async #attempt(served: ServedCase, batch: readonly CaptureRecord[]): Promise<number> {
    try {
      await this.#run(served, batch);
      served.problem = null;
      return 0;
    } catch (error) {
      if (this.#stop.signal.aborted) return 0;
      if (!(error instanceof JobError)) throw error;
      if (error.kind === 'busy') return this.#wait(served, 'another program has the case open', BUSY_WAIT_MS);
      if (error.kind === 'no-room')
        return this.#wait(served, 'the disk is full; reading goes on when there is room', NO_ROOM_WAIT_MS);
      if (error.kind === 'refused') throw error;
      await this.#blame(served, batch, error);
      return 0;
    }
  }

  #wait(served: ServedCase, problem: string, ms: number): number {
    this.#stand(served, problem);
    return ms;
  }

  #stand(served: ServedCase, problem: string): void {
    served.problem = problem;
    served.tellState();
  }

  /** The process died: of several captures each is tried alone, one alone cannot be read. */
  async #blame(served: ServedCase, batch: readonly CaptureRecord[], error: JobError): Promise<void> {
    if (batch.length > 1) {
      for (const { id } of batch) this.#suspects.add(id);
      return;
    }
    const note = `reading it ended the process that read it (${error.message})`.slice(0, 300);
    await served.update(...batch.map((capture) => ({ ...capture, state: 'failed' as const, note })));
  }

  #nextBatch(served: ServedCase): readonly CaptureRecord[] {
    const waiting = served.waiting();
    const [first] = waiting;
    if (first === undefined) return [];
    const batch: CaptureRecord[] = [];
    let bytes = 0;
    for (const capture of waiting) {
      const isSuspect = this.#suspects.has(capture.id);
      const ends = capture.run !== first.run || batch.length >= BATCH_FILES || bytes >= BATCH_BYTES || isSuspect;
      if (batch.length > 0 && ends) break;
      batch.push(capture);
      bytes += capture.bytes;
      if (isSuspect) break;
    }
    return batch;
  }

  async #run(served: ServedCase, batch: readonly CaptureRecord[]): Promise<void> {
    const job: ImportJob = {
      casePath: served.path,
      run: batch[0]?.run ?? null,
      files: batch.map((capture) => ({ id: capture.id, path: served.fileOf(capture) })),
      limits: DEFAULT_LIMITS,
      memoryMb: this.#settings.limits.importMemoryMb,
      lastackVersion: this.#settings.lastackVersion,
    };
    const { files, summary } = await runJob(READ, job, {
      heapMb: HEAP_MB,
      signal: this.#stop.signal,
      onProgress: (rows) => served.events.tell({ type: 'rows', ...rows }),
    });
    await served.keepSummary(summary);
    const results = new Map(files.map((file) => [file.id, file]));
    await served.update(...batch.map((capture) => readAs(capture, results.get(capture.id)!)));
    served.tellState();
  }
}

function readAs(capture: CaptureRecord, { samples, rows, rejects, note }: FileResult): CaptureRecord {
  return { ...capture, state: samples > 0 ? 'read' : 'failed', samples, rows, rejects, note };
}
