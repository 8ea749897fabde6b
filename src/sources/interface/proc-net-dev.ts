/*
 * /proc/net/dev (seen: kernel 6.18): two header lines, then an interface a line.
 *
 * Inter-|   Receive                                                |  Transmit
 *  face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
 *   eth0: 448085482   13206    0    0    0     0          0         0   937268    8016    0    0    0     0       0          0
 *
 * https://docs.kernel.org/networking/statistics.html
 */
import { ascii, decimal, indexOfByte, lastIndexOfByte, skipBlanks, startsWith } from '../../base/bytes.ts';
import type { Int64Column, TableBuilder, TextColumn } from '../../base/table-builder.ts';
import { KNOWN, type LineOutcome, type LineParser, ROW } from '../source.ts';
import { Words } from './words.ts';

const BAR = 124;
const COLON = 58;
const TITLE = ascii('Inter-');
const RX_COLUMNS: Readonly<Record<string, string>> = {
  bytes: 'rx_bytes',
  packets: 'rx_packets',
  errs: 'rx_errors',
  drop: 'rx_dropped',
  fifo: 'rx_fifo',
  frame: 'rx_frame',
  multicast: 'multicast',
};
const TX_COLUMNS: Readonly<Record<string, string>> = {
  bytes: 'tx_bytes',
  packets: 'tx_packets',
  errs: 'tx_errors',
  drop: 'tx_dropped',
  fifo: 'tx_fifo',
  colls: 'tx_collisions',
  carrier: 'tx_carrier',
};

/** Reads `/proc/net/dev` into the `interface` table, by its header. */
export class ProcNetDevParser implements LineParser {
  readonly #table: TableBuilder;
  readonly #name: TextColumn;
  readonly #words: Words = new Words();
  #columns: readonly (Int64Column | null)[] | null = null;

  constructor(table: TableBuilder) {
    this.#table = table;
    this.#name = table.text('name');
  }

  line(bytes: Uint8Array, start: number, end: number): LineOutcome {
    const from = skipBlanks(bytes, start, end);
    if (from === end || startsWith(bytes, from, end, TITLE)) return KNOWN;
    const bar = indexOfByte(bytes, BAR, from, end);
    const nextBar = bar < 0 ? -1 : indexOfByte(bytes, BAR, bar + 1, end);
    if (nextBar >= 0) {
      this.#columns = [
        ...this.#header(bytes, bar + 1, nextBar, RX_COLUMNS),
        ...this.#header(bytes, nextBar + 1, end, TX_COLUMNS),
      ];
      return KNOWN;
    }
    if (this.#columns === null) return 'no header before it';
    const colon = lastIndexOfByte(bytes, COLON, from, end);
    if (colon <= from) return 'no interface name';
    return this.#counters(bytes, from, colon, end);
  }

  #header(
    bytes: Uint8Array,
    start: number,
    end: number,
    columns: Readonly<Record<string, string>>,
  ): (Int64Column | null)[] {
    this.#words.cut(bytes, start, end);
    return Array.from({ length: this.#words.count }, (_, i) => {
      const column = columns[this.#words.text(bytes, i)];
      return column === undefined ? null : this.#table.int64(column);
    });
  }

  #counters(bytes: Uint8Array, start: number, colon: number, end: number): LineOutcome {
    const columns = this.#columns!;
    const words = this.#words;
    words.cut(bytes, colon + 1, end);
    if (words.count !== columns.length) return 'not as many numbers as the header has names';
    for (let i = 0; i < columns.length; i++) {
      const value = decimal(bytes, words.start(i), words.end(i));
      if (value < 0) {
        this.#table.abandon();
        return 'counter is not a number';
      }
      columns[i]?.set(value);
    }
    this.#name.setBytes(bytes, start, colon);
    this.#table.next();
    return ROW;
  }
}
