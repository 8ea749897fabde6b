import { Gate } from './data/gate.ts';
import type { ServedCase } from './data/served-case.ts';
import type { QueryAnswer, QueryJob } from './jobs/query-process.ts';
import { JobError, type JobKind, runJob } from './jobs/run-job.ts';
import { asServerError } from './reports.ts';
import { ServerError } from './server-error.ts';
import type { ServerSettings } from './settings.ts';

const QUERY: JobKind<QueryJob, never, QueryAnswer> = { entry: new URL('./jobs/query-process.js', import.meta.url) };
const HEAP_MB = 256;
const AT_ONCE = 2;
/** What the process gets beyond the query's own time, to start, to run the library and to answer. */
const MORE_MS = 120_000;

/** Runs visitors' SQL, each statement in a process of its own that can read the case and nothing else. */
export class Queries {
  readonly #settings: ServerSettings;
  readonly #gate = new Gate(AT_ONCE);
  readonly #stop = new AbortController();

  constructor(settings: ServerSettings) {
    this.#settings = settings;
  }

  /** Throws a ServerError (400) that says what DuckDB says. */
  async ask(served: ServedCase, sql: string): Promise<QueryAnswer> {
    if ((await served.stamp()) === '')
      throw new ServerError(409, 'the case holds no sample yet; upload captures first');
    const { queryRows, queryS, queryMemoryMb } = this.#settings.limits;
    const job = { casePath: served.path, sql, rows: queryRows, seconds: queryS, memoryMb: queryMemoryMb };
    const run = { heapMb: HEAP_MB, timeoutMs: queryS * 1000 + MORE_MS, signal: this.#stop.signal };
    try {
      return await this.#gate.run(() => served.lock.read(() => runJob(QUERY, job, run)));
    } catch (error) {
      if (error instanceof JobError && error.kind === 'refused')
        throw new ServerError(400, error.message, { cause: error });
      throw asServerError(error, queryS);
    }
  }

  close(): void {
    this.#stop.abort();
  }
}
