import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { CaseSummary } from '../../store/case-summary.ts';
import { isNoRoom, noRoom, ServerError } from '../server-error.ts';
import { dropAbandoned } from './abandoned.ts';
import type { CaptureRecord } from './capture-record.ts';
import { CaseLock } from './case-lock.ts';
import { syncFolder, writeDurably } from './durable.ts';
import { EventHub } from './events.ts';
import { Journal } from './journal.ts';
import { diskName, plainName } from './names.ts';
import type { Received } from './receive.ts';

export interface CaseInfo {
  readonly name: string;
  /** ISO 8601. */
  readonly created: string;
  /** When it was deleted; a day later it is gone. */
  readonly deleted: string | null;
}

interface StoredSummary {
  /** Of the case file the summary was read from. */
  readonly stamp: string;
  readonly summary: CaseSummary;
}

/** One case and what was uploaded for it: a folder. */
export class ServedCase {
  readonly slug: string;
  readonly folder: string;
  readonly lock: CaseLock = new CaseLock();
  readonly events: EventHub = new EventHub();
  /** Why its import stands still; null when it does not. */
  problem: string | null = null;
  #info: CaseInfo;
  #stored: StoredSummary | null;
  readonly #captures: Map<string, CaptureRecord>;
  readonly #journal: Journal<CaptureRecord>;
  #accepting: Promise<unknown> = Promise.resolve();

  private constructor(
    folder: string,
    slug: string,
    info: CaseInfo,
    stored: StoredSummary | null,
    captures: Map<string, CaptureRecord>,
    journal: Journal<CaptureRecord>,
  ) {
    this.folder = folder;
    this.slug = slug;
    this.#info = info;
    this.#stored = stored;
    this.#captures = captures;
    this.#journal = journal;
  }

  /** Opens the case in `folder`, made where there is none, and removes what was never acknowledged. */
  static async open(folder: string, slug: string, name: string): Promise<ServedCase> {
    for (const part of ['captures', 'incoming', 'reports'])
      await mkdir(join(folder, part), { recursive: true, mode: 0o700 });
    const infoPath = join(folder, 'case.json');
    if (!existsSync(infoPath)) {
      const fresh: CaseInfo = { name, created: new Date().toISOString(), deleted: null };
      await writeDurably(infoPath, `${JSON.stringify(fresh)}\n`);
    }
    const info = JSON.parse(await readFile(infoPath, 'utf8')) as CaseInfo;
    const { journal, records } = await Journal.open<CaptureRecord>(join(folder, 'captures.jsonl'));
    const captures = new Map(records.map((record) => [record.id, record]));
    for (const id of await readdir(join(folder, 'captures')))
      if (!captures.has(id)) await rm(join(folder, 'captures', id), { recursive: true, force: true });
    await dropAbandoned(join(folder, 'incoming'), Date.now(), false);
    for (const name of await readdir(join(folder, 'reports')))
      if (name.startsWith('.')) await rm(join(folder, 'reports', name), { recursive: true, force: true });
    await rm(join(folder, 'case.duckdb.tmp'), { recursive: true, force: true });
    const stored = await readSummary(join(folder, 'summary.json'));
    return new ServedCase(folder, slug, info, stored, captures, journal);
  }

  get info(): CaseInfo {
    return this.#info;
  }

  /** The DuckDB file; it is there once a capture was read. */
  get path(): string {
    return join(this.folder, 'case.duckdb');
  }

  get incoming(): string {
    return join(this.folder, 'incoming');
  }

  get summary(): CaseSummary | null {
    return this.#stored?.summary ?? null;
  }

  /** All captures, the latest first. */
  captures(): readonly CaptureRecord[] {
    return [...this.#captures.values()].reverse();
  }

  capture(id: string): CaptureRecord | undefined {
    return this.#captures.get(id);
  }

  waiting(): readonly CaptureRecord[] {
    return [...this.#captures.values()].filter((capture) => capture.state === 'waiting');
  }

  /** Where the file of a capture lies. */
  fileOf({ id, file }: CaptureRecord): string {
    return join(this.folder, 'captures', id, file);
  }

  async change(change: Partial<CaseInfo>): Promise<void> {
    const info = { ...this.#info, ...change };
    await writeDurably(join(this.folder, 'case.json'), `${JSON.stringify(info)}\n`);
    this.#info = info;
  }

  /**
   * Makes a received file a capture of the case; once this returns it is kept whatever happens. The same file again is
   * `isNew: false` and is dropped, unless nothing could be read of it the first time.
   */
  accept(
    received: Received,
    name: string,
    run: string | null,
    most: number,
  ): Promise<{ capture: CaptureRecord; isNew: boolean }> {
    const accepted = this.#accepting.then(() => this.#accept(received, name, run, most));
    this.#accepting = accepted.catch(() => undefined);
    return accepted;
  }

  /** Keeps what became of captures. */
  async update(...captures: readonly CaptureRecord[]): Promise<void> {
    await this.#journal.append(...captures);
    for (const capture of captures) {
      this.#captures.set(capture.id, capture);
      this.events.tell({ type: 'capture', capture });
    }
  }

  async keepSummary(summary: CaseSummary): Promise<void> {
    this.#stored = { stamp: await this.stamp(), summary };
    await writeDurably(join(this.folder, 'summary.json'), `${JSON.stringify(this.#stored)}\n`);
  }

  /** Whether the summary is that of the case file as it lies there: the command line may have changed it. */
  async summaryIsFresh(): Promise<boolean> {
    return (this.#stored?.stamp ?? '') === (await this.stamp());
  }

  /** Another text whenever the case file changed; empty where there is none. */
  async stamp(): Promise<string> {
    if (!existsSync(this.path)) return '';
    const { size, mtimeMs } = await stat(this.path);
    return `${size}-${mtimeMs}`;
  }

  tellState(): void {
    this.events.tell({ type: 'case', waiting: this.waiting().length, problem: this.problem });
  }

  async close(): Promise<void> {
    await this.#accepting;
    await this.#journal.close();
  }

  async #accept(
    received: Received,
    name: string,
    run: string | null,
    most: number,
  ): Promise<{ capture: CaptureRecord; isNew: boolean }> {
    const folder = join(this.folder, 'captures', received.sha256);
    try {
      if (received.bytes === 0) throw new ServerError(400, 'the file is empty; send a capture');
      const known = this.#captures.get(received.sha256);
      if (known !== undefined && known.state !== 'failed') {
        await rm(received.path, { force: true });
        return { capture: known, isNew: false };
      }
      if (known === undefined && this.#captures.size >= most)
        throw new ServerError(
          409,
          `the case holds ${most} captures, the most this server takes (--max-captures); make another case`,
        );
      const file = known?.file ?? diskName(name);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await rename(received.path, join(folder, file));
      await syncFolder(folder);
      await syncFolder(join(this.folder, 'captures'));
      const capture: CaptureRecord = {
        id: received.sha256,
        name: plainName(name, 200) || file,
        file,
        bytes: received.bytes,
        run,
        received: new Date().toISOString(),
        state: 'waiting',
        samples: 0,
        rows: 0,
        rejects: 0,
        note: null,
      };
      await this.update(capture);
      return { capture, isNew: true };
    } catch (error) {
      await rm(received.path, { force: true });
      if (!this.#captures.has(received.sha256)) await rm(folder, { recursive: true, force: true });
      throw isNoRoom(error) ? noRoom(error) : error;
    }
  }
}

async function readSummary(path: string): Promise<StoredSummary | null> {
  return existsSync(path) ? (JSON.parse(await readFile(path, 'utf8')) as StoredSummary) : null;
}
