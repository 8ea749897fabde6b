/*
 * /proc/net/sockstat and sockstat6 (seen: kernel 6.18).
 *
 * sockets: used 23
 * TCP: inuse 23 orphan 0 tw 0 alloc 81 mem 21
 * TCP6: inuse 0
 * FRAG: inuse 0 memory 0
 *
 * https://man7.org/linux/man-pages/man5/proc_pid_net.5.html
 */
import { decimal, skipBlanks, tokenEnd } from '../../base/bytes.ts';
import type { Int64Column, TableBuilder, TextColumn } from '../../base/table-builder.ts';
import { KNOWN, type LineOutcome, type LineParser, ROW } from '../source.ts';

const COLON = 58;

/** Reads `protocol: key number …` lines into the `sockstat` table, a row for each number. */
export class SockstatParser implements LineParser {
  readonly #table: TableBuilder;
  readonly #protocol: TextColumn;
  readonly #key: TextColumn;
  readonly #value: Int64Column;

  constructor(table: TableBuilder) {
    this.#table = table;
    this.#protocol = table.text('protocol');
    this.#key = table.text('key');
    this.#value = table.int64('value');
  }

  line(bytes: Uint8Array, start: number, end: number): LineOutcome {
    const from = skipBlanks(bytes, start, end);
    if (from === end) return KNOWN;
    const colon = tokenEnd(bytes, from, end) - 1;
    if (colon <= from || bytes[colon] !== COLON) return 'not protocol: key number';
    const pairs = skipBlanks(bytes, colon + 1, end);
    if (pairs === end || !this.#walk(bytes, pairs, end, null)) return 'not protocol: key number';
    this.#walk(bytes, pairs, end, { from, to: colon });
    return ROW;
  }

  /** Goes over `key number` pairs, writing rows when a protocol is given; false when they are not such pairs. */
  #walk(bytes: Uint8Array, start: number, end: number, protocol: { from: number; to: number } | null): boolean {
    let at = start;
    while (at < end) {
      const keyEnd = tokenEnd(bytes, at, end);
      const number = skipBlanks(bytes, keyEnd, end);
      const numberEnd = tokenEnd(bytes, number, end);
      const value = decimal(bytes, number, numberEnd);
      if (value < 0) return false;
      if (protocol !== null) {
        this.#protocol.setBytes(bytes, protocol.from, protocol.to);
        this.#key.setBytes(bytes, at, keyEnd);
        this.#value.set(value);
        this.#table.next();
      }
      at = skipBlanks(bytes, numberEnd, end);
    }
    return true;
  }
}
