import { LineSplitter } from '../base/lines.ts';
import type { TableBuilder } from '../base/table-builder.ts';
import type { MemberSink } from '../capture/visitor.ts';
import { KNOWN, type LineParser, type MemberContext, ROW, type Source, type Tables } from '../sources/source.ts';

const EXCERPT_BYTES = 120;
const REJECTS_KEPT = 100;

/** What one member gave: every line is in exactly one of `rowLines`, `known` and `rejects`. */
export interface MemberCounts {
  lines: number;
  rowLines: number;
  rows: number;
  known: number;
  rejects: number;
  bytes: number;
}

/** Reads one member with its source's parser, and accounts for every line. */
export class MemberReader implements MemberSink {
  readonly counts: MemberCounts = { lines: 0, rowLines: 0, rows: 0, known: 0, rejects: 0, bytes: 0 };
  readonly #splitter: LineSplitter;
  readonly #parser: LineParser;
  readonly #source: Source;
  readonly #member: string;
  readonly #rejects: TableBuilder;
  readonly #used = new Map<TableBuilder, number>();
  readonly #pause: () => Promise<void> | undefined;
  #closed = false;

  /**
   * `tables` gives the capture's builders, shared by all members that write one table; `rejects` is the builder of the
   * reject table. `pause` returns a promise when the reader is ahead of the store.
   */
  constructor(
    source: Source,
    context: MemberContext,
    tables: Tables,
    rejects: TableBuilder,
    pause: () => Promise<void> | undefined,
  ) {
    this.#source = source;
    this.#member = context.member;
    this.#rejects = rejects;
    this.#pause = pause;
    this.#parser = source.parse(context, {
      of: (name) => {
        const builder = tables.of(name);
        if (!this.#used.has(builder)) this.#used.set(builder, builder.rows);
        return builder;
      },
    });
    this.#splitter = new LineSplitter(
      (bytes, start, end, lineNo, offset) => this.#line(bytes, start, end, lineNo, offset),
      (lineNo, head) => this.#reject(lineNo, 'line too long', head, 0, head.length),
    );
  }

  /** What the import has to say of the text itself; null where it is plain. */
  get note(): string | null {
    return this.#splitter.oddities.length === 0 ? null : this.#splitter.oddities.join('; ');
  }

  push(chunk: Uint8Array): Promise<void> | undefined {
    this.counts.bytes += chunk.length;
    this.#splitter.push(chunk);
    return this.#pause();
  }

  end(): Promise<void> {
    this.#splitter.end();
    this.#close();
    return Promise.resolve();
  }

  /** Closes a member whose bytes stopped coming: a line that is not whole is rejected, it might read as something else. */
  cutOff(): void {
    if (this.#closed) return;
    const rest = this.#splitter.drop();
    if (rest !== null) this.#reject(this.#splitter.lines, 'line cut with the archive', rest, 0, rest.length);
    this.#close();
  }

  #close(): void {
    this.#closed = true;
    this.#parser.end?.();
    this.counts.lines = this.#splitter.lines;
    for (const [builder, before] of this.#used) this.counts.rows += builder.rows - before;
  }

  #line(bytes: Uint8Array, start: number, end: number, lineNo: number, offset: number): void {
    const outcome = this.#parser.line(bytes, start, end, lineNo, offset);
    if (outcome === ROW) this.counts.rowLines++;
    else if (outcome === KNOWN) this.counts.known++;
    else this.#reject(lineNo, outcome, bytes, start, end);
  }

  #reject(lineNo: number, reason: string, bytes: Uint8Array, start: number, end: number): void {
    if (++this.counts.rejects > REJECTS_KEPT) return;
    const rejects = this.#rejects;
    rejects.text('source').setText(this.#source.id);
    rejects.text('member').setText(this.#member);
    rejects.int64('line_no').set(lineNo);
    rejects.text('reason').setText(reason);
    rejects.text('excerpt').setBytes(bytes, start, Math.min(end, start + EXCERPT_BYTES));
    rejects.next();
  }
}
