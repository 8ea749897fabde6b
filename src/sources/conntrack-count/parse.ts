/*
 * The two values as sysctl prints them, or the bare number of `conntrack -C` (seen: conntrack-tools 1.4.7).
 *
 * net.netfilter.nf_conntrack_count = 16
 * net.netfilter.nf_conntrack_max = 262144
 *
 * https://docs.kernel.org/networking/nf_conntrack-sysctl.html
 */
import { ascii, decimal, equals, indexOfByte, lastIndexOfByte, skipBlanks, trimmedEnd } from '../../base/bytes.ts';
import type { Int64Column, TableBuilder } from '../../base/table-builder.ts';
import { KNOWN, type LineOutcome, type LineParser, ROW } from '../source.ts';

const EQUALS = 61;
const DOT = 46;
const COUNT = ascii('nf_conntrack_count');
const MAX = ascii('nf_conntrack_max');

/** Reads the fill of the conntrack table into one row of `conntrack_fill`. */
export class ConntrackCountParser implements LineParser {
  readonly #table: TableBuilder;
  readonly #entries: Int64Column;
  readonly #max: Int64Column;

  constructor(table: TableBuilder) {
    this.#table = table;
    this.#entries = table.int64('entries');
    this.#max = table.int64('max_entries');
  }

  line(bytes: Uint8Array, start: number, end: number): LineOutcome {
    const from = skipBlanks(bytes, start, end);
    const to = trimmedEnd(bytes, from, end);
    if (from === to) return KNOWN;
    const sign = indexOfByte(bytes, EQUALS, from, to);
    const value = decimal(bytes, sign < 0 ? from : skipBlanks(bytes, sign + 1, to), to);
    if (value < 0) return 'not a number of entries';
    const column = sign < 0 ? this.#entries : this.#columnOf(bytes, from, trimmedEnd(bytes, from, sign));
    if (column === null) return 'neither nf_conntrack_count nor nf_conntrack_max';
    if (column.isSet) return 'value given twice';
    column.set(value);
    return ROW;
  }

  /** Closes the one row of the member. */
  end(): void {
    if (this.#entries.isSet || this.#max.isSet) this.#table.next();
  }

  #columnOf(bytes: Uint8Array, start: number, end: number): Int64Column | null {
    const name = lastIndexOfByte(bytes, DOT, start, end) + 1 || start;
    if (equals(bytes, name, end, COUNT)) return this.#entries;
    return equals(bytes, name, end, MAX) ? this.#max : null;
  }
}
