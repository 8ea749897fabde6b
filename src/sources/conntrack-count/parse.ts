/*
 * The two values as sysctl prints them, or a bare number: of `conntrack -C` (seen: conntrack-tools 1.4.7), or of one of
 * the two files in /proc/sys. Old kernels say ip_conntrack.
 *
 * net.netfilter.nf_conntrack_count = 16
 * net.netfilter.nf_conntrack_max = 262144
 *
 * https://docs.kernel.org/networking/nf_conntrack-sysctl.html
 */
import { decimal, indexOfByte, lastIndexOfByte, skipBlanks, trimmedEnd } from '../../base/bytes.ts';
import type { Int64Column, TableBuilder } from '../../base/table-builder.ts';
import { TokenTable } from '../../base/token-table.ts';
import { KNOWN, type LineOutcome, type LineParser, ROW } from '../source.ts';

const EQUALS = 61;
const DOT = 46;
const COUNTS: TokenTable = new TokenTable(['nf_conntrack_count', 'ip_conntrack_count']);
const MAXIMA: TokenTable = new TokenTable(['nf_conntrack_max', 'ip_conntrack_max']);
const BUCKETS: TokenTable = new TokenTable(['nf_conntrack_buckets', 'ip_conntrack_buckets']);

/** Reads the fill of the conntrack table into one row of `conntrack_fill`. */
export class ConntrackCountParser implements LineParser {
  readonly #table: TableBuilder;
  readonly #entries: Int64Column;
  readonly #max: Int64Column;

  /** Where a number without a name goes. */
  readonly #bare: Int64Column;

  constructor(table: TableBuilder, member: string) {
    this.#table = table;
    this.#entries = table.int64('entries');
    this.#max = table.int64('max_entries');
    this.#bare = member.endsWith('_max') ? this.#max : this.#entries;
  }

  line(bytes: Uint8Array, start: number, end: number): LineOutcome {
    const from = skipBlanks(bytes, start, end);
    const to = trimmedEnd(bytes, from, end);
    if (from === to) return KNOWN;
    const sign = indexOfByte(bytes, EQUALS, from, to);
    const value = decimal(bytes, sign < 0 ? from : skipBlanks(bytes, sign + 1, to), to);
    if (value < 0) return 'not a number of entries';
    const column = sign < 0 ? this.#bare : this.#columnOf(bytes, from, trimmedEnd(bytes, from, sign));
    if (column === undefined) return KNOWN;
    if (column === null) return 'neither nf_conntrack_count nor nf_conntrack_max';
    if (column.isSet) return 'value given twice';
    column.set(value);
    return ROW;
  }

  /** Closes the one row of the member. */
  end(): void {
    if (this.#entries.isSet || this.#max.isSet) this.#table.next();
  }

  /** undefined for a value that is known and not kept, null for an unknown one. */
  #columnOf(bytes: Uint8Array, start: number, end: number): Int64Column | null | undefined {
    const name = lastIndexOfByte(bytes, DOT, start, end) + 1 || start;
    if (COUNTS.find(bytes, name, end) >= 0) return this.#entries;
    if (MAXIMA.find(bytes, name, end) >= 0) return this.#max;
    return BUCKETS.find(bytes, name, end) >= 0 ? undefined : null;
  }
}
