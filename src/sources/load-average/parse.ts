/*
 * /proc/loadavg (seen: kernel 6.18): one line, the last field is the newest process id.
 *
 * 0.21 0.21 0.14 2/110 31888
 *
 * https://docs.kernel.org/filesystems/proc.html
 */
import { decimal32, decimalFraction, indexOfByte, skipBlanks, tokenEnd } from '../../base/bytes.ts';
import type { NumberColumn, TableBuilder } from '../../base/table-builder.ts';
import { KNOWN, type LineOutcome, type LineParser, ROW } from '../source.ts';

const SLASH = 47;
const NOT_IT = 'not three averages and running/threads';

/** Reads the line into the `load_average` table. */
export class LoadAverageParser implements LineParser {
  readonly #table: TableBuilder;
  readonly #averages: readonly NumberColumn[];
  readonly #running: NumberColumn;
  readonly #threads: NumberColumn;

  constructor(table: TableBuilder) {
    this.#table = table;
    this.#averages = ['load1', 'load5', 'load15'].map((name) => table.number(name));
    this.#running = table.number('running');
    this.#threads = table.number('threads');
  }

  line(bytes: Uint8Array, start: number, end: number): LineOutcome {
    let at = skipBlanks(bytes, start, end);
    if (at === end) return KNOWN;
    for (const column of this.#averages) {
      const stop = tokenEnd(bytes, at, end);
      const value = decimalFraction(bytes, at, stop);
      if (value < 0) return this.#reject();
      column.set(value);
      at = skipBlanks(bytes, stop, end);
    }
    const stop = tokenEnd(bytes, at, end);
    const slash = indexOfByte(bytes, SLASH, at, stop);
    const running = slash < 0 ? -1 : decimal32(bytes, at, slash);
    const threads = slash < 0 ? -1 : decimal32(bytes, slash + 1, stop);
    if (running < 0 || threads < 0) return this.#reject();
    this.#running.set(running);
    this.#threads.set(threads);
    this.#table.next();
    return ROW;
  }

  #reject(): LineOutcome {
    this.#table.abandon();
    return NOT_IT;
  }
}
