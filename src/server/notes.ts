import type { CaseSummary } from '../store/case-summary.ts';
import type { CaseNote } from '../store/notes.ts';
import { plainName } from './data/names.ts';
import type { ServedCase } from './data/served-case.ts';
import type { NoteJob } from './jobs/note-process.ts';
import { type JobKind, runJob } from './jobs/run-job.ts';
import { asServerError } from './reports.ts';
import { readInstant } from './selection.ts';
import { ServerError } from './server-error.ts';
import type { ServerSettings } from './settings.ts';

/** A note as somebody sends it. */
export interface NoteInput {
  readonly text?: string | undefined;
  readonly author?: string | undefined;
  readonly at?: string | null | undefined;
  readonly finding?: string | null | undefined;
}

const NOTE: JobKind<NoteJob, never, CaseSummary> = { entry: new URL('./jobs/note-process.js', import.meta.url) };
const HEAP_MB = 128;
const TIME_MS = 60_000;
const LONGEST = 4000;
const MOST = 1000;
const FINDING = /^[a-z0-9][a-z0-9-]{0,80}$/;

/** Adds notes to cases and removes them. */
export class Notes {
  readonly #settings: ServerSettings;
  readonly #stop = new AbortController();

  constructor(settings: ServerSettings) {
    this.#settings = settings;
  }

  /** Keeps a note in the case, written at `now`. Throws a ServerError that says what is wrong with it. */
  async add(served: ServedCase, input: NoteInput, now: Date): Promise<void> {
    const text = (input.text ?? '').replaceAll('\r\n', '\n').trim();
    if (text === '') throw new ServerError(400, 'a note needs a text');
    if (text.length > LONGEST) throw new ServerError(400, `a note has at most ${LONGEST} characters`);
    const finding = (input.finding ?? '').trim();
    if (finding !== '' && !FINDING.test(finding))
      throw new ServerError(400, '"finding" is no id of a finding, such as backend-timeout');
    if ((served.summary?.notes.length ?? 0) >= MOST) throw new ServerError(409, `a case has at most ${MOST} notes`);
    await this.#change(served, {
      add: {
        written: now.toISOString(),
        author: plainName(input.author ?? ''),
        text,
        at: readInstant(input.at === '' ? null : (input.at ?? null), 'at'),
        finding: finding === '' ? null : finding,
      },
      remove: null,
    });
  }

  async remove(served: ServedCase, id: number): Promise<void> {
    await this.#change(served, { add: null, remove: id });
  }

  close(): void {
    this.#stop.abort();
  }

  async #change(
    served: ServedCase,
    change: { add: Omit<CaseNote, 'id'> | null; remove: number | null },
  ): Promise<void> {
    if ((await served.stamp()) === '')
      throw new ServerError(409, 'the case holds no sample yet; upload captures first');
    const job = {
      casePath: served.path,
      memoryMb: this.#settings.limits.queryMemoryMb,
      lastackVersion: this.#settings.lastackVersion,
      ...change,
    };
    try {
      await served.lock.write(async () => {
        const summary = await runJob(NOTE, job, { heapMb: HEAP_MB, timeoutMs: TIME_MS, signal: this.#stop.signal });
        await served.keepSummary(summary);
      });
    } catch (error) {
      throw asServerError(error, TIME_MS / 1000);
    }
  }
}
