/*
 * /proc/net/softnet_stat (seen: kernel 6.18, 15 columns): a line for each online CPU, all numbers hexadecimal.
 * Older kernels print 9, 10, 11 or 13 columns; the CPU is the thirteenth (5.10 and later).
 *
 * 00004ef7 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000001
 *
 * https://docs.kernel.org/networking/scaling.html
 */
import { hexadecimal, MAX_INT32, skipBlanks, tokenEnd } from '../../base/bytes.ts';
import type { Int64Column, NumberColumn, TableBuilder } from '../../base/table-builder.ts';
import { KNOWN, type LineOutcome, type LineParser, ROW } from '../source.ts';

const CPU_COLUMN = 12;
const FEWEST_COLUMNS = 9;
const COLUMNS: ReadonlyMap<number, string> = new Map([
  [0, 'processed'],
  [1, 'dropped'],
  [2, 'time_squeeze'],
  [9, 'received_rps'],
  [10, 'flow_limit'],
  [11, 'backlog'],
]);

/** Reads a line a CPU into the `softnet` table. */
export class SoftnetParser implements LineParser {
  readonly #table: TableBuilder;
  readonly #cpu: NumberColumn;
  readonly #counters: ReadonlyMap<number, Int64Column>;
  #rows = 0;

  constructor(table: TableBuilder) {
    this.#table = table;
    this.#cpu = table.number('cpu');
    this.#counters = new Map([...COLUMNS].map(([index, name]) => [index, table.int64(name)]));
  }

  line(bytes: Uint8Array, start: number, end: number): LineOutcome {
    let at = skipBlanks(bytes, start, end);
    if (at === end) return KNOWN;
    const row = this.#rows++;
    this.#cpu.set(row);
    let columns = 0;
    for (; at < end; columns++) {
      const stop = tokenEnd(bytes, at, end);
      const value = hexadecimal(bytes, at, stop);
      if (value < 0 || (columns === CPU_COLUMN && value > MAX_INT32)) return this.#reject('not hexadecimal numbers');
      this.#counters.get(columns)?.set(value);
      if (columns === CPU_COLUMN) this.#cpu.set(value);
      at = skipBlanks(bytes, stop, end);
    }
    if (columns < FEWEST_COLUMNS) return this.#reject('fewer than nine columns');
    this.#table.next();
    return ROW;
  }

  #reject(reason: string): LineOutcome {
    this.#table.abandon();
    return reason;
  }
}
