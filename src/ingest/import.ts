import { openBatch } from '../base/batch.ts';
import { CliError } from '../base/errors.ts';
import type { Table } from '../base/table.ts';
import { type CapturePath, captureName, type Found } from '../capture/find.ts';
import { DEFAULT_LIMITS, type Limits } from '../capture/limits.ts';
import { printable } from '../capture/member-name.ts';
import type { Source } from '../sources/source.ts';
import type { CaseFile } from '../store/case-file.ts';
import type { CaseWriter } from '../store/case-writer.ts';
import { CORE_TABLES } from '../store/core-tables.ts';
import { literal } from '../store/schema.ts';
import { settle } from '../store/settle.ts';
import { settleSights } from '../store/settle-sights.ts';
import { settleTurns } from '../store/settle-turns.ts';
import { addCounts } from './capture-reader.ts';
import { FormatBoard } from './format-board.ts';
import { hashCapture } from './hash.ts';
import { tablesOf } from './load-sources.ts';
import type { Job, JobResult } from './protocol.ts';
import type { Readers } from './readers.ts';
import type { WorkerThread } from './worker-thread.ts';

/** Compressed bytes after which a writer commits what it has; whole archives only. */
const COMMIT_BYTES = 64 * 2 ** 20;
/** Archives a worker has beside the one whose rows are being stored: it reads on meanwhile, and their hashes are at hand. */
const JOBS_AHEAD = 4;
/** Ids left for further samples of one archive. */
const MORE_IDS = 100_000;

export interface ImportOptions {
  /** Run the samples belong to; null: each sample's label, else `default`. */
  readonly run: string | null;
  /** LogFormat, or a nickname of one, that access logs are written in; absent: as configured, or recognised. */
  readonly logFormat?: string | undefined;
  readonly limits?: Limits;
  /** Told after each archive or folder. */
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Told of each archive or folder while rows of it are stored, and when it has been read; committed later. */
  readonly onCapture?: (progress: CaptureProgress) => void;
}

/** How far one archive or folder is. */
export interface CaptureProgress {
  readonly path: string;
  /** Rows since the last word. */
  readonly rows: number;
  /** What was read from it; `known`: the case holds it already; null: it is still being read, or could not be opened. */
  readonly result: JobResult | 'known' | null;
}

export interface ImportProgress {
  readonly done: number;
  readonly total: number;
  /** Bytes on disk of what is done, and of all. */
  readonly bytes: number;
  readonly totalBytes: number;
  readonly rows: number;
}

export interface ImportResult {
  /** Samples added. */
  readonly samples: number;
  /** Archives that the case held already. */
  readonly known: number;
  readonly lines: number;
  readonly rows: number;
  readonly rejects: number;
  readonly rejectsBySource: ReadonlyMap<string, number>;
  /** What could not be read or was left out: the capture’s name, and what there is to say. */
  readonly notes: readonly { readonly path: string; readonly note: string }[];
}

/** A case that is being made. It holds nothing yet: reading need not wait for it. */
export interface NewCase {
  readonly making: Promise<CaseFile>;
}

/**
 * Reads captures into a case: one transaction a reader, committed by whole archives.
 * What cannot be read is noted in `import_note`. Throws a CliError (exit 3) when nothing at all could be read.
 */
export async function importCaptures(
  file: CaseFile | NewCase,
  sources: readonly Source[],
  found: Found,
  readers: Readers,
  options: ImportOptions,
): Promise<ImportResult> {
  const run = new ImportRun(file, sources, found, options);
  try {
    return await run.run(readers);
  } finally {
    await readers.stop();
  }
}

class ImportRun {
  /** The case, when one thread may write to it. */
  readonly #file: Promise<CaseFile>;
  readonly #isNew: boolean;
  readonly #tables: readonly Table[];
  readonly #found: Found;
  readonly #options: ImportOptions;
  readonly #queue: { readonly capture: CapturePath; readonly index: number }[];
  readonly #formats = new FormatBoard();
  readonly #notes: { path: string; note: string }[] = [];
  readonly #totals = { samples: 0, known: 0, lines: 0, rows: 0, rejects: 0, done: 0, bytes: 0 };
  readonly #rejectsBySource = new Map<string, number>();
  #hashes = new Set<string>();
  #firstId = 1;

  constructor(file: CaseFile | NewCase, sources: readonly Source[], found: Found, options: ImportOptions) {
    this.#isNew = 'making' in file;
    this.#file = workAlone('making' in file ? file.making : file);
    this.#file.catch(() => undefined);
    this.#found = found;
    this.#options = options;
    this.#tables = [...CORE_TABLES, ...tablesOf(sources)];
    this.#queue = found.captures.map((capture, index) => ({ capture, index }));
  }

  async run(readers: Readers): Promise<ImportResult> {
    if (!this.#isNew) await this.#readState(await this.#file);
    await Promise.all(readers.threads.map((thread) => this.#work(thread)));
    const file = await this.#file;
    await file.workAlone(false);
    await this.#finish(file);
    const { samples, known, lines, rows, rejects } = this.#totals;
    if (samples === 0 && known === 0) throw new CliError(this.#nothingRead(), 3);
    return { samples, known, lines, rows, rejects, rejectsBySource: this.#rejectsBySource, notes: this.#notes };
  }

  async #readState({ connection }: CaseFile): Promise<void> {
    const hashes = await connection.runAndReadAll('select distinct sha256 from capture');
    this.#hashes = new Set(hashes.getRows().map((row) => String(row[0])));
    const ids = await connection.runAndReadAll('select coalesce(max(capture_id), 0) from capture');
    this.#firstId = Number(ids.getRows()[0]?.[0]) + 1;
  }

  async #work(thread: WorkerThread): Promise<void> {
    const writing = this.#file.then((file) => file.writer());
    writing.catch(() => undefined);
    const given: Promise<void>[] = [];
    let uncommitted = 0;
    const commitWhenDue = async (bytes: number): Promise<void> => {
      uncommitted += bytes;
      if (uncommitted < COMMIT_BYTES) return;
      uncommitted = 0;
      await (await writing).commit();
    };
    try {
      for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
        given.push(this.#importOne(next, thread, writing, commitWhenDue));
        if (given.length > JOBS_AHEAD) await given.shift();
      }
      await Promise.all(given);
      await (await writing).commit();
    } catch (error) {
      this.#queue.length = 0;
      await Promise.allSettled(given);
      await writing.then(
        (writer) => writer.rollback(),
        () => undefined,
      );
      throw error;
    } finally {
      await writing.then(
        (writer) => writer.close(),
        () => undefined,
      );
    }
  }

  async #importOne(
    { capture, index }: { readonly capture: CapturePath; readonly index: number },
    thread: WorkerThread,
    writing: Promise<CaseWriter>,
    commitWhenDue: (bytes: number) => Promise<void>,
  ): Promise<void> {
    const ticket = this.#formats.enter(capture.path);
    try {
      const sha256 = await hashCapture(capture);
      if (sha256 === null) {
        this.#note(captureName(capture), 'cannot be opened or read');
        return;
      }
      if (this.#hashes.has(sha256)) {
        this.#totals.known++;
        this.#options.onCapture?.({ path: capture.path, rows: 0, result: 'known' });
        return;
      }
      this.#hashes.add(sha256);
      const { length } = this.#found.captures;
      const job: Job = {
        capture,
        run: this.#options.run,
        sha256,
        firstId: this.#firstId + index,
        moreIds: this.#firstId + length + index * MORE_IDS,
        logFormats: await ticket.formats,
        logFormat: this.#options.logFormat ?? null,
        limits: this.#options.limits ?? DEFAULT_LIMITS,
      };
      await thread.run(job, {
        onBatch: async ({ origin, table, batch }) => {
          await (await writing).append(table, openBatch(batch), origin);
          this.#options.onCapture?.({ path: capture.path, rows: batch.rows, result: null });
        },
        onFormats: ticket.publish,
        onDone: async (result) => {
          this.#count(capture, result);
          this.#options.onCapture?.({ path: capture.path, rows: 0, result });
          await commitWhenDue(capture.bytes);
        },
      });
    } finally {
      ticket.leave();
      this.#totals.done++;
      this.#totals.bytes += capture.bytes;
      this.#progress();
    }
  }

  #count(capture: CapturePath, result: JobResult): void {
    this.#totals.samples += result.samples;
    this.#totals.lines += result.lines;
    this.#totals.rows += result.rows;
    this.#totals.rejects += result.rejects;
    addCounts(this.#rejectsBySource, result.rejectsBySource);
    for (const note of result.notes) this.#note(captureName(capture), note);
    if (result.damage !== null) this.#note(captureName(capture), result.damage);
  }

  async #finish({ connection }: CaseFile): Promise<void> {
    await settleTurns(connection, this.#tables, this.#firstId);
    await settle(connection, this.#tables);
    await settleSights(connection, this.#tables);
    for (const { path, note } of this.#notes) {
      const row = `${literal(printable(path))}, ${literal(printable(note, 400))}`;
      await connection.run(
        `insert into import_note select ${row} where not exists (from import_note where (source_path, note) = (${row}))`,
      );
    }
  }

  #nothingRead(): string {
    const last = this.#notes.at(-1);
    if (this.#found.captures.length === 1 && last !== undefined) return `${printable(last.path)}: ${last.note}`;
    const first = this.#notes[0];
    const why = first === undefined ? '' : ` (${printable(first.path)}: ${first.note})`;
    return `none of ${this.#found.captures.length} captures could be read${why}`;
  }

  #progress(): void {
    const { done, bytes, rows } = this.#totals;
    const total = this.#found.captures.length;
    const totalBytes = this.#found.captures.reduce((sum, capture) => sum + capture.bytes, 0);
    this.#options.onProgress?.({ done, total, bytes, totalBytes, rows });
  }

  #note(path: string, note: string): void {
    this.#notes.push({ path, note });
  }
}

async function workAlone(file: CaseFile | Promise<CaseFile>): Promise<CaseFile> {
  const open = await file;
  await open.workAlone(true);
  return open;
}
