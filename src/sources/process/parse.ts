/*
 * `ps` with a header, whatever its columns, and `top -b` (seen: procps 4.0; busybox 1.35).
 *
 *   PID  PPID USER     STAT ELAPSED     TIME   RSS NLWP WCHAN                    COMMAND
 * 29555 29554 root     S        180 00:00:00  4548    1 poll_schedule_timeout.co apache2 -f /etc/apache2/apache2.conf
 *
 *     PID    PPID                  STARTED   RSS   PSS COMMAND
 *      78       1 Tue Nov 24 14:40:12 2026 11708  3922  \_ apache2 -k start
 *
 * https://man7.org/linux/man-pages/man1/ps.1.html
 */
import { skipBlanks, tokenEnd, trimmedEnd } from '../../base/bytes.ts';
import { lineText } from '../../base/line-text.ts';
import type { TableBuilder } from '../../base/table-builder.ts';
import type { Zone } from '../../base/zone.ts';
import { KNOWN, type LineOutcome, type LineParser, ROW } from '../source.ts';
import { type Setter, setterOf } from './columns.ts';

const LONGEST_NAME = 16;
const MOST_NAMES = 64;
const LONGEST_SUMMARY = 200;
const DASH = 45;
const LESS_THAN = 60;
const N = 78;
/** What top prints above its header, in every sample of it; busybox in other words. */
const SUMMARY =
  /^(?:top - |Tasks: |Threads: |%?Cpu\d*(?:\(s\))? *: |CPU\d*: |[KMGTPE]iB (?:Mem|Swap) ?: |Mem: +\d|Swap: +\d|Load average: )/;
const WEEKDAY = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)$/;
const MONTH = /^(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)$/;

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
  readonly #zone: Zone;
  #headings: readonly Heading[] | null = null;
  /** Whether top lists threads: it calls their ids PID. */
  #threads = false;

  constructor(table: TableBuilder, zone: Zone) {
    this.#table = table;
    this.#zone = zone;
  }

  line(bytes: Uint8Array, start: number, end: number): LineOutcome {
    const from = skipBlanks(bytes, start, end);
    const to = trimmedEnd(bytes, from, end);
    if (from === to) return KNOWN;
    const reason = this.#headings === null ? 'no header before it' : this.#fields(this.#headings, bytes, from, to);
    if (reason === null) {
      this.#table.next();
      return ROW;
    }
    this.#table.abandon();
    return reason === KNOWN || this.#isHead(bytes, from, to) ? KNOWN : reason;
  }

  /** A header, also of the next list in the same file, or a line of top's summary. */
  #isHead(bytes: Uint8Array, start: number, end: number): boolean {
    const summary = SUMMARY.exec(lineText(bytes, start, Math.min(end, start + LONGEST_SUMMARY)));
    if (summary !== null) {
      if (summary[0] === 'top - ') this.#headings = null;
      if (summary[0] === 'Tasks: ' || summary[0] === 'Threads: ') this.#threads = summary[0] === 'Threads: ';
      return true;
    }
    const headings = this.#readHeader(bytes, start, end);
    this.#headings = headings ?? this.#headings;
    return headings !== null;
  }

  #readHeader(bytes: Uint8Array, start: number, end: number): readonly Heading[] | null {
    const names: string[] = [];
    for (let at = start; at < end; ) {
      const stop = tokenEnd(bytes, at, end);
      if (stop - at > LONGEST_NAME || names.length === MOST_NAMES) return null;
      names.push(lineText(bytes, at, stop).toUpperCase());
      at = skipBlanks(bytes, stop, end);
    }
    if (!names.includes('PID')) return null;
    const taken = new Set<string>();
    return names.map((name, i) => {
      const setter = setterOf(name, this.#table, this.#zone);
      const set = setter === null || taken.has(setter.column) ? null : setter.set;
      if (setter !== null) taken.add(setter.column);
      return { name, set, rest: i === names.length - 1 };
    });
  }

  /** Null when the row is filled; otherwise what the line is. */
  #fields(headings: readonly Heading[], bytes: Uint8Array, start: number, end: number): string | typeof KNOWN | null {
    let at = start;
    for (const { name, set, rest } of headings) {
      if (at === end) return 'fewer fields than the header has names';
      const stop = rest ? end : fieldEnd(name, bytes, at, end);
      // a thread below its process, as `ps m` lists them: only the process has an id
      if (name === 'PID' && stop - at === 1 && bytes[at] === DASH) return KNOWN;
      if (set !== null && !set(bytes, at, stop)) return `cannot read ${name}`;
      if (name === 'PID' && this.#threads) this.#table.number('tid').set(Number(lineText(bytes, at, stop)));
      at = skipBlanks(bytes, stop, end);
    }
    return null;
  }
}

/** End of a field: a few have blanks inside. */
function fieldEnd(name: string, bytes: Uint8Array, start: number, end: number): number {
  const stop = tokenEnd(bytes, start, end);
  if (name === 'STARTED' || name === 'LSTART' || name === 'START') {
    const word = lineText(bytes, start, stop);
    if (WEEKDAY.test(word)) return afterTokens(4, bytes, stop, end);
    if (MONTH.test(word)) return afterTokens(1, bytes, stop, end);
  }
  if (name === 'STAT') {
    // busybox sets nice and important ones apart: `S <`, `R N`
    const next = skipBlanks(bytes, stop, end);
    if (tokenEnd(bytes, next, end) - next === 1 && (bytes[next] === LESS_THAN || bytes[next] === N)) return next + 1;
  }
  return stop;
}

function afterTokens(count: number, bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  for (let i = 0; i < count; i++) at = tokenEnd(bytes, skipBlanks(bytes, at, end), end);
  return at;
}
