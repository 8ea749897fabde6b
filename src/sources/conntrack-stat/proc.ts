/*
 * /proc/net/stat/nf_conntrack (seen: kernel 6.18): hexadecimal, one CPU a row. `entries` is the whole table's on every row
 * and is in conntrack_fill; expect_… are not read. Old kernels say searched for clashres and delete_list for chainlength.
 *
 * entries  clashres found new invalid ignore delete chainlength insert insert_failed drop early_drop icmp_error  expect_new …
 * 00000014  00000000 00000000 00000000 0000000b 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000002  00000000 …
 *
 * https://docs.kernel.org/networking/nf_conntrack-sysctl.html
 */
import { ascii, hexadecimal, skipBlanks, startsWith, tokenEnd } from '../../base/bytes.ts';
import type { Int64Column, NumberColumn, TableBuilder } from '../../base/table-builder.ts';
import type { TokenTable } from '../../base/token-table.ts';
import { KNOWN, type LineOutcome, type LineParser, ROW } from '../source.ts';
import { procKeysOf } from './keys.ts';

const HEADER = ascii('entries ');
const MOST_COLUMNS = 64;

/** Reads the kernel's per-CPU counters into the `conntrack_stat` table, by the names of their header. */
export class ProcConntrackStatParser implements LineParser {
  readonly #table: TableBuilder;
  readonly #cpu: NumberColumn;
  readonly #counters: readonly Int64Column[];
  readonly #keys: TokenTable;
  /** Counter of each position, -1 for those not read; empty before the header. */
  #header: readonly number[] = [];
  #row = 0;

  constructor(table: TableBuilder, columns: readonly string[]) {
    this.#table = table;
    this.#cpu = table.number('cpu');
    this.#counters = columns.map((name) => table.int64(name));
    this.#keys = procKeysOf(columns);
  }

  line(bytes: Uint8Array, start: number, end: number): LineOutcome {
    const from = skipBlanks(bytes, start, end);
    if (from === end) return KNOWN;
    if (startsWith(bytes, from, end, HEADER)) return this.#readHeader(bytes, from, end);
    if (this.#header.length === 0) return 'no header before it';
    let position = 0;
    for (let at = from; at < end; position++) {
      const stop = tokenEnd(bytes, at, end);
      const value = hexadecimal(bytes, at, stop);
      if (value < 0) return this.#bad('value is not hexadecimal');
      const counter = this.#header[position] ?? -1;
      if (counter >= 0) this.#counters[counter]!.set(value);
      at = skipBlanks(bytes, stop, end);
    }
    if (position !== this.#header.length) return this.#bad('not as many values as the header has names');
    this.#cpu.set(this.#row++);
    this.#table.next();
    return ROW;
  }

  #readHeader(bytes: Uint8Array, start: number, end: number): LineOutcome {
    const header: number[] = [];
    for (let at = start; at < end && header.length < MOST_COLUMNS; ) {
      const stop = tokenEnd(bytes, at, end);
      header.push(this.#keys.find(bytes, at, stop));
      at = skipBlanks(bytes, stop, end);
    }
    this.#header = header;
    this.#row = 0;
    return KNOWN;
  }

  #bad(reason: string): string {
    this.#table.abandon();
    return reason;
  }
}
