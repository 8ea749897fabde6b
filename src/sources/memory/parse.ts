/*
 * /proc/meminfo (seen: kernel 6.18).
 *
 * MemTotal:       24683656 kB
 * Active(anon):       1552 kB
 * HugePages_Total:       0
 *
 * https://docs.kernel.org/filesystems/proc.html#meminfo
 */
import { ascii, decimal, equals, indexOfByte, skipBlanks, tokenEnd, trimmedEnd } from '../../base/bytes.ts';
import type { Int64Column, TableBuilder, TextColumn } from '../../base/table-builder.ts';
import { KNOWN, type LineOutcome, type LineParser, ROW } from '../source.ts';

const COLON = 58;
const KB = ascii('kB');
const MOST_KB = 2 ** 53;

/** Reads `Key: N kB` lines into the `memory` table. */
export class MemoryParser implements LineParser {
  readonly #table: TableBuilder;
  readonly #key: TextColumn;
  readonly #value: Int64Column;

  constructor(table: TableBuilder) {
    this.#table = table;
    this.#key = table.text('key');
    this.#value = table.int64('value_bytes');
  }

  line(bytes: Uint8Array, start: number, end: number): LineOutcome {
    const from = skipBlanks(bytes, start, end);
    const to = trimmedEnd(bytes, from, end);
    if (from === to) return KNOWN;
    const colon = indexOfByte(bytes, COLON, from, to);
    if (colon <= from) return 'not Key: value';
    const at = skipBlanks(bytes, colon + 1, to);
    const numberEnd = tokenEnd(bytes, at, to);
    const value = decimal(bytes, at, numberEnd);
    const unit = skipBlanks(bytes, numberEnd, to);
    if (value < 0) return 'value is not a number';
    if (unit === to) this.#value.set(value);
    else if (equals(bytes, unit, to, KB) && value < MOST_KB) this.#value.set(value * 1024);
    else return 'value is not in kB';
    this.#key.setBytes(bytes, from, colon);
    this.#table.next();
    return ROW;
  }
}
