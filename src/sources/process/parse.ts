/*
 * `ps` with a header, whatever its columns (seen: procps 4.0; busybox 1.35).
 *
 *   PID  PPID USER     STAT ELAPSED     TIME   RSS NLWP WCHAN                    COMMAND
 * 29555 29554 root     S        180 00:00:00  4548    1 poll_schedule_timeout.co apache2 -f /etc/apache2/apache2.conf
 *
 * https://man7.org/linux/man-pages/man1/ps.1.html
 */
import { skipBlanks, tokenEnd, trimmedEnd } from '../../base/bytes.ts';
import type { TableBuilder } from '../../base/table-builder.ts';
import { KNOWN, type LineOutcome, type LineParser, ROW } from '../source.ts';
import { type Setter, setterOf } from './columns.ts';

const LONGEST_NAME = 16;
const MOST_NAMES = 64;

interface Heading {
  readonly name: string;
  /** Sets the column; false when the field cannot be its value. Null: not kept. */
  readonly set: Setter | null;
  /** Whether the field is the rest of the line: a command line has blanks. */
  readonly rest: boolean;
}

/** Reads `ps` into the `process` table, by its header. */
export class ProcessParser implements LineParser {
  readonly #table: TableBuilder;
  #headings: readonly Heading[] | null = null;

  constructor(table: TableBuilder) {
    this.#table = table;
  }

  line(bytes: Uint8Array, start: number, end: number): LineOutcome {
    const from = skipBlanks(bytes, start, end);
    const to = trimmedEnd(bytes, from, end);
    if (from === to) return KNOWN;
    if (this.#headings === null) {
      this.#headings = this.#readHeader(bytes, from, to);
      return this.#headings === null ? 'no header before it' : KNOWN;
    }
    const reason = this.#fields(this.#headings, bytes, from, to);
    if (reason !== null) {
      this.#table.abandon();
      return reason;
    }
    this.#table.next();
    return ROW;
  }

  #readHeader(bytes: Uint8Array, start: number, end: number): readonly Heading[] | null {
    const names: string[] = [];
    for (let at = start; at < end; ) {
      const stop = tokenEnd(bytes, at, end);
      if (stop - at > LONGEST_NAME || names.length === MOST_NAMES) return null;
      names.push(String.fromCharCode(...bytes.subarray(at, stop)).toUpperCase());
      at = skipBlanks(bytes, stop, end);
    }
    if (!names.includes('PID')) return null;
    const taken = new Set<string>();
    return names.map((name, i) => {
      const setter = setterOf(name, this.#table);
      const set = setter === null || taken.has(setter.column) ? null : setter.set;
      if (setter !== null) taken.add(setter.column);
      return { name, set, rest: i === names.length - 1 };
    });
  }

  #fields(headings: readonly Heading[], bytes: Uint8Array, start: number, end: number): string | null {
    let at = start;
    for (const { name, set, rest } of headings) {
      if (at === end) return 'fewer fields than the header has names';
      const stop = rest ? end : tokenEnd(bytes, at, end);
      if (set !== null && !set(bytes, at, stop)) return `cannot read ${name}`;
      at = skipBlanks(bytes, stop, end);
    }
    return null;
  }
}
