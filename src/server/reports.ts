import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { Gate } from './data/gate.ts';
import type { ServedCase } from './data/served-case.ts';
import { JobError, type JobKind, runJob } from './jobs/run-job.ts';
import { isNoRoom, noRoom, ServerError } from './server-error.ts';
import type { ServerSettings } from './settings.ts';

const HEAP_MB = 1024;
/** Reports that are kept of one case. */
const KEPT = 30;

/** What a report is made of: its process, and what the process is told but the folder to write into. */
export interface ReportKind {
  readonly process: JobKind<object, never, null>;
  readonly job: object;
}

/** Makes reports of cases, one at a time, and keeps them until the case changes. */
export class Reports {
  readonly #settings: ServerSettings;
  readonly #gate = new Gate(1);
  readonly #stop = new AbortController();
  /** Reports in the making, by folder. */
  readonly #making = new Map<string, Promise<string>>();

  constructor(settings: ServerSettings) {
    this.#settings = settings;
  }

  /** The folder with the report's files. Throws a ServerError that says why there is none. */
  async folderOf(served: ServedCase, kind: ReportKind): Promise<string> {
    if ((await served.stamp()) === '')
      throw new ServerError(409, 'the case holds no sample yet; upload captures first');
    return served.lock.read(async () => {
      const key = JSON.stringify([
        await served.stamp(),
        this.#settings.lastackVersion,
        kind.process.entry.pathname,
        kind.job,
      ]);
      const folder = join(served.folder, 'reports', createHash('sha256').update(key).digest('hex').slice(0, 32));
      const making =
        this.#making.get(folder) ?? this.#make(served, kind, folder).finally(() => this.#making.delete(folder));
      this.#making.set(folder, making);
      return making;
    });
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await Promise.allSettled(this.#making.values());
  }

  async #make(served: ServedCase, { process, job }: ReportKind, folder: string): Promise<string> {
    if (existsSync(folder)) {
      const now = new Date();
      await utimes(folder, now, now);
      return folder;
    }
    const partial = join(served.folder, 'reports', `.${randomUUID()}`);
    const { reportMemoryMb, reportS } = this.#settings.limits;
    try {
      await mkdir(partial, { mode: 0o700 });
      await this.#gate.run(() =>
        runJob(
          process,
          {
            ...job,
            casePath: served.path,
            folder: partial,
            memoryMb: reportMemoryMb,
            lastackVersion: this.#settings.lastackVersion,
          },
          { heapMb: HEAP_MB, timeoutMs: reportS * 1000, signal: this.#stop.signal },
        ),
      );
      await rename(partial, folder);
      await dropOld(join(served.folder, 'reports'));
      return folder;
    } catch (error) {
      await rm(partial, { recursive: true, force: true });
      throw asServerError(error, reportS);
    }
  }
}

/** What a visitor is told of a job that was not done. */
export function asServerError(error: unknown, allowedS: number): unknown {
  if (isNoRoom(error)) return noRoom(error);
  if (!(error instanceof JobError)) return error;
  if (error.kind === 'no-room') return noRoom(error);
  if (error.kind === 'slow')
    return new ServerError(504, `it took longer than ${allowedS} s; choose a smaller part of the case`);
  if (error.kind === 'busy')
    return new ServerError(409, 'another program has the case open; try again when it is done');
  if (error.kind === 'refused') return new ServerError(409, error.message);
  return new ServerError(500, `the process ended before it was done (${error.message})`, { cause: error });
}

async function dropOld(folder: string): Promise<void> {
  const found = await Promise.all(
    (await readdir(folder))
      .filter((name) => !name.startsWith('.'))
      .map(async (name) => ({ name, used: (await stat(join(folder, name))).mtimeMs })),
  );
  for (const { name } of found.sort((a, b) => b.used - a.used).slice(KEPT))
    await rm(join(folder, name), { recursive: true, force: true });
}
