import type { TableBuilder } from '../base/table-builder.ts';
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

/** Writes the rejects of one member; the first hundred are kept. */
export class RejectLog {
  readonly #rejects: TableBuilder;
  readonly #source: string;
  readonly #member: string;
  #count = 0;

  constructor(rejects: TableBuilder, source: string, member: string) {
    this.#rejects = rejects;
    this.#source = source;
    this.#member = member;
  }

  add(lineNo: number, reason: string, bytes: Uint8Array, start: number, end: number): void {
    if (++this.#count > REJECTS_KEPT) return;
    const rejects = this.#rejects;
    rejects.text('source').setText(this.#source);
    rejects.text('member').setText(this.#member);
    rejects.int64('line_no').set(lineNo);
    rejects.text('reason').setText(reason);
    rejects.text('excerpt').setBytes(bytes, start, Math.min(end, start + EXCERPT_BYTES));
    rejects.next();
  }
}

/** Gives lines to a source's parser and accounts for every one of them. */
export class LineAccount {
  readonly counts: MemberCounts = { lines: 0, rowLines: 0, rows: 0, known: 0, rejects: 0, bytes: 0 };
  readonly #parser: LineParser;
  readonly #rejects: RejectLog;
  readonly #used = new Map<TableBuilder, number>();

  /** `tables` gives the capture's builders, shared by all members that write one table. */
  constructor(source: Source, context: MemberContext, tables: Tables, rejects: TableBuilder) {
    this.#rejects = new RejectLog(rejects, source.id, context.member);
    this.#parser = source.parse(context, {
      of: (name) => {
        const builder = tables.of(name);
        if (!this.#used.has(builder)) this.#used.set(builder, builder.rows);
        return builder;
      },
    });
  }

  line(bytes: Uint8Array, start: number, end: number, lineNo: number, offset: number): void {
    const outcome = this.#parser.line(bytes, start, end, lineNo, offset);
    if (outcome === ROW) this.counts.rowLines++;
    else if (outcome === KNOWN) this.counts.known++;
    else this.#reject(lineNo, outcome, bytes, start, end);
    this.counts.lines++;
  }

  /** A line that is not given to the parser. */
  refuse(lineNo: number, reason: string, head: Uint8Array): void {
    this.counts.lines++;
    this.#reject(lineNo, reason, head, 0, head.length);
  }

  /** To be called once, after the last line. */
  close(): void {
    this.#parser.end?.();
    for (const [builder, before] of this.#used) this.counts.rows += builder.rows - before;
  }

  #reject(lineNo: number, reason: string, bytes: Uint8Array, start: number, end: number): void {
    this.counts.rejects++;
    this.#rejects.add(lineNo, reason, bytes, start, end);
  }
}
