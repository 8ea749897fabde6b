/*
 * `netstat -i` (seen: net-tools 1.60, 2.10; 1.60 has a column Met after MTU). 1.60 leaves no blank before a count of eight digits:
 * `1500   0123456789` is metric 0 and 123456789 packets.
 *
 * Iface             MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg
 * v1               1500       61      0      0 0            42      0      0      0 BMRU
 * eth0:1           1500   0         - no statistics available -                     BMRU
 *
 * https://man7.org/linux/man-pages/man8/netstat.8.html
 */
import { ascii, decimal, decimal32, equals, indexOfBytes } from '../../base/bytes.ts';
import type { Int64Column, NumberColumn, TableBuilder, TextColumn } from '../../base/table-builder.ts';
import { KNOWN, type LineOutcome, type LineParser, ROW } from '../source.ts';
import { Words } from './words.ts';

const ZERO = 48;
const IFACE = ascii('Iface');
/** The columns of 1.60 that the next one may touch, and their widths; it does so from eight digits on. */
const WIDTHS: Readonly<Record<string, number>> = { Met: 3, 'RX-OVR': 6 };
const FULL_WIDTH = 8;
const NO_FLAGS = ascii('FLAGS]');
const NO_STATISTICS = ascii('- no statistics available -');
const COLUMNS: Readonly<Record<string, string>> = {
  'RX-OK': 'rx_packets',
  'RX-ERR': 'rx_errors',
  'RX-DRP': 'rx_dropped',
  'RX-OVR': 'rx_fifo',
  'TX-OK': 'tx_packets',
  'TX-ERR': 'tx_errors',
  'TX-DRP': 'tx_dropped',
  'TX-OVR': 'tx_fifo',
};

/** Reads `netstat -i` into the `interface` table, by its header. */
export class NetstatParser implements LineParser {
  readonly #table: TableBuilder;
  readonly #name: TextColumn;
  readonly #mtu: NumberColumn;
  readonly #words: Words = new Words();
  #header: readonly string[] | null = null;
  #columns: readonly (Int64Column | null)[] = [];

  constructor(table: TableBuilder) {
    this.#table = table;
    this.#name = table.text('name');
    this.#mtu = table.number('mtu');
  }

  line(bytes: Uint8Array, start: number, end: number): LineOutcome {
    const words = this.#words;
    words.cut(bytes, start, end);
    if (words.count === 0) return KNOWN;
    if (equals(bytes, words.start(0), words.end(0), IFACE)) {
      this.#header = Array.from({ length: words.count }, (_, i) => words.text(bytes, i));
      this.#columns = this.#header.map((name) =>
        COLUMNS[name] === undefined ? null : this.#table.int64(COLUMNS[name]),
      );
      return KNOWN;
    }
    if (this.#header === null) return 'no header before it';
    const bare = indexOfBytes(bytes, NO_STATISTICS, start, end) >= 0;
    if (!bare && !this.#fit(bytes)) return 'not as many fields as the header has names';
    const reason = this.#fields(bytes, bare ? 2 : words.count);
    if (reason !== null) {
      this.#table.abandon();
      return reason;
    }
    this.#table.next();
    return ROW;
  }

  /** Brings the words to one for each name of the header, where they can be. */
  #fit(bytes: Uint8Array): boolean {
    const words = this.#words;
    const header = this.#header!;
    const last = words.count - 1;
    // [NO FLAGS]
    if (words.count === header.length + 1 && equals(bytes, words.start(last), words.end(last), NO_FLAGS)) words.count--;
    for (let i = 1; i < header.length && words.count < header.length; i++) {
      const width = WIDTHS[header[i]!];
      const at = width === undefined || i >= words.count ? -1 : this.#glue(bytes, i, width);
      if (at >= 0) words.split(i, at);
    }
    return words.count === header.length;
  }

  /** Where the second of two numbers begins that have no blank between them, or -1. */
  #glue(bytes: Uint8Array, index: number, width: number): number {
    const start = this.#words.start(index);
    const end = this.#words.end(index);
    const before = this.#words.end(index - 1);
    if (end - start <= FULL_WIDTH) return -1;
    if (bytes[start] === ZERO) return start + 1;
    // Right-aligned; where blanks were taken out of the text, nothing tells.
    const at = before + 1 + width;
    return start > before + 1 && at > start && end - at >= FULL_WIDTH ? at : -1;
  }

  #fields(bytes: Uint8Array, count: number): string | null {
    const words = this.#words;
    this.#name.setBytes(bytes, words.start(0), words.end(0));
    for (let i = 1; i < count; i++) {
      const column = this.#columns[i];
      if (this.#header![i] === 'MTU') {
        const mtu = decimal32(bytes, words.start(i), words.end(i));
        if (mtu < 0) return 'MTU is not a number';
        this.#mtu.set(mtu);
      } else if (column !== null && column !== undefined) {
        const value = decimal(bytes, words.start(i), words.end(i));
        if (value < 0) return 'counter is not a number';
        column.set(value);
      }
    }
    return null;
  }
}
