/*
 * `conntrack -S` (seen: conntrack-tools 1.4.7; 1.4.4 prints searched, new, ignore, delete, delete_list besides).
 * One CPU a line; before 1.2 one counter a line, without CPUs.
 *
 * cpu=0   	found=0 invalid=0 insert=0 insert_failed=0 drop=0 early_drop=0 error=0 search_restart=0 clash_resolve=0 chaintoolong=0
 * insert_failed       		0
 *
 * https://conntrack-tools.netfilter.org/manual.html
 */
import { ascii, decimal, decimal32, equals, indexOfByte, skipBlanks, tokenEnd } from '../../base/bytes.ts';
import type { Int64Column, NumberColumn, TableBuilder } from '../../base/table-builder.ts';
import type { TokenTable } from '../../base/token-table.ts';
import { KNOWN, type LineOutcome, type LineParser, ROW } from '../source.ts';
import { keysOf, procKeysOf } from './keys.ts';

const EQUALS = 61;
const CPU = ascii('cpu');

/** Reads the per-CPU counters into the `conntrack_stat` table. */
export class ConntrackStatParser implements LineParser {
  readonly #table: TableBuilder;
  readonly #cpu: NumberColumn;
  readonly #counters: readonly Int64Column[];
  readonly #keys: TokenTable;
  /** Before 1.2 the tool printed what the kernel's file says. */
  readonly #oldKeys: TokenTable;

  constructor(table: TableBuilder, columns: readonly string[]) {
    this.#table = table;
    this.#cpu = table.number('cpu');
    this.#counters = columns.map((name) => table.int64(name));
    this.#keys = keysOf(columns);
    this.#oldKeys = procKeysOf(columns);
  }

  line(bytes: Uint8Array, start: number, end: number): LineOutcome {
    let at = skipBlanks(bytes, start, end);
    if (at === end) return KNOWN;
    if (indexOfByte(bytes, EQUALS, at, end) < 0) return this.#single(bytes, at, end);
    for (; at < end; at = skipBlanks(bytes, at, end)) {
      const stop = tokenEnd(bytes, at, end);
      const reason = this.#pair(bytes, at, stop);
      if (reason !== null) {
        this.#table.abandon();
        return reason;
      }
      at = stop;
    }
    if (!this.#cpu.isSet) {
      this.#table.abandon();
      return 'no cpu number';
    }
    this.#table.next();
    return ROW;
  }

  /** `insert_failed		0`: the row waits for the other counters. */
  #single(bytes: Uint8Array, start: number, end: number): LineOutcome {
    const stop = tokenEnd(bytes, start, end);
    const from = skipBlanks(bytes, stop, end);
    const to = tokenEnd(bytes, from, end);
    const value = decimal(bytes, from, to);
    if (value < 0 || skipBlanks(bytes, to, end) < end) return 'neither cpu=N nor a counter and its value';
    const key = this.#oldKeys.find(bytes, start, stop);
    if (key < 0) return KNOWN;
    if (this.#counters[key]!.isSet) return 'counter given twice';
    this.#counters[key]!.set(value);
    return ROW;
  }

  /** Closes the one row of counters without CPUs. */
  end(): void {
    if (this.#counters.some((column) => column.isSet)) this.#table.next();
  }

  #pair(bytes: Uint8Array, start: number, end: number): string | null {
    const sign = indexOfByte(bytes, EQUALS, start, end);
    if (sign < 0) return 'token is not key=value';
    if (equals(bytes, start, sign, CPU)) {
      const cpu = decimal32(bytes, sign + 1, end);
      if (cpu < 0) return 'cpu is not a number';
      this.#cpu.set(cpu);
      return null;
    }
    const value = decimal(bytes, sign + 1, end);
    if (value < 0) return 'value is not a number';
    const key = this.#keys.find(bytes, start, sign);
    if (key >= 0) this.#counters[key]!.set(value);
    return null;
  }
}
