import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { CliError } from '../../base/errors.ts';
import { findCaptures } from '../../capture/find.ts';
import type { Limits } from '../../capture/limits.ts';
import { type CaptureProgress, importCaptures } from '../../ingest/import.ts';
import { loadSources, tablesOf } from '../../ingest/load-sources.ts';
import { readersFor } from '../../ingest/readers.ts';
import { CaseFile } from '../../store/case-file.ts';
import { type CaseSummary, readCaptureContent, readCaseSummary } from '../../store/case-summary.ts';
import { doJob } from './job-process.ts';

/** Captures of one run to read into a case; with none, only the summary is made. */
export interface ImportJob {
  readonly casePath: string;
  readonly run: string | null;
  readonly files: readonly { readonly id: string; readonly path: string }[];
  readonly limits: Limits;
  readonly memoryMb: number;
  readonly lastackVersion: string;
}

/** Rows of a file so far. */
export interface ImportRows {
  readonly id: string;
  readonly rows: number;
}

export interface FileResult {
  readonly id: string;
  readonly samples: number;
  readonly rows: number;
  readonly rejects: number;
  readonly note: string | null;
}

export interface ImportOutcome {
  readonly files: readonly FileResult[];
  readonly summary: CaseSummary;
}

const TELL_EVERY_MS = 250;
const NOTES_SAID = 3;

doJob(async (job: ImportJob, tell: (rows: ImportRows) => void): Promise<ImportOutcome> => {
  const sources = await loadSources();
  const options = { tables: tablesOf(sources), lastackVersion: job.lastackVersion, memoryMb: job.memoryMb };
  if (!existsSync(job.casePath)) await makeCase(job.casePath, options);
  const file = await CaseFile.openOrCreate(job.casePath, options);
  try {
    const account = new Account(job, tell);
    if (job.files.length > 0) {
      const found = await findCaptures(job.files.map(({ path }) => path));
      await importCaptures(file, sources, found, readersFor(found.captures.length), {
        run: job.run,
        limits: job.limits,
        onCapture: (progress) => account.count(progress),
      }).catch(nothingRead);
    }
    const files: FileResult[] = [];
    for (const { id } of job.files) files.push(await account.resultOf(id, file));
    return { files, summary: await readCaseSummary(file.connection) };
  } finally {
    file.close();
  }
});

/** A case is there with all its tables or not at all, whenever this process is ended. */
async function makeCase(path: string, options: Parameters<typeof CaseFile.openOrCreate>[1]): Promise<void> {
  const fresh = `${path}.new`;
  for (const old of [fresh, `${fresh}.wal`]) await rm(old, { force: true });
  const file = await CaseFile.openOrCreate(fresh, options);
  file.close();
  await rename(fresh, path);
}

/** Nothing readable at all is no failure of the job: it is what there is to say of these files. */
function nothingRead(error: unknown): void {
  if (!(error instanceof CliError) || error.exitCode !== 3) throw error;
}

/** What becomes of each file. A file lies alone in a folder that is called as its capture. */
class Account {
  readonly #ids: ReadonlySet<string>;
  readonly #tell: (rows: ImportRows) => void;
  readonly #rows = new Map<string, number>();
  readonly #results = new Map<string, NonNullable<CaptureProgress['result']>>();
  #told = 0;

  constructor(job: ImportJob, tell: (rows: ImportRows) => void) {
    this.#ids = new Set(job.files.map(({ id }) => id));
    this.#tell = tell;
  }

  count({ path, rows, result }: CaptureProgress): void {
    const id = this.#ids.has(basename(path)) ? basename(path) : basename(dirname(path));
    if (result !== null) this.#results.set(id, result);
    const sum = (this.#rows.get(id) ?? 0) + rows;
    this.#rows.set(id, sum);
    if (result === null && Date.now() < this.#told + TELL_EVERY_MS) return;
    this.#told = Date.now();
    this.#tell({ id, rows: sum });
  }

  async resultOf(id: string, file: CaseFile): Promise<FileResult> {
    const result = this.#results.get(id);
    if (result === 'known') return { id, ...(await readCaptureContent(file.connection, id)), note: null };
    if (result === undefined) return { id, samples: 0, rows: 0, rejects: 0, note: 'it cannot be opened or read' };
    const { samples, rows, rejects, damage } = result;
    const said = [...(damage === null ? [] : [damage]), ...result.notes];
    const more = said.length > NOTES_SAID ? [`and ${said.length - NOTES_SAID} more notes`] : [];
    const note = said.length === 0 ? null : [...said.slice(0, NOTES_SAID), ...more].join('; ');
    return { id, samples, rows, rejects, note };
  }
}
