/*
 * `ip -s link`, `ip -s -s link`, `ip -s -d link`, `ip -s addr`, and on one line each with `-o` (seen: iproute2 2.6.33 to 7.1; before
 * 5.14 the headers have single spaces; -s says overrun or missed, depending on the version). An interface is a headline and,
 * below it, pairs of a header and a line of numbers. Those below `vf N` are of a virtual function, which is not the host's.
 *
 * 2: v1@if2: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP mode DEFAULT group default qlen 1000
 *     link/ether 02:b0:e7:07:18:cc brd ff:ff:ff:ff:ff:ff link-netns dom2
 *     RX:  bytes packets errors dropped  missed   mcast
 *           4539      61      0       0       0       0
 *     RX errors:  length    crc   frame    fifo overrun
 *                      0      0       0       0       0
 *
 * https://man7.org/linux/man-pages/man8/ip-link.8.html
 */
import {
  ascii,
  decimal,
  decimal32,
  equals,
  indexOfByte,
  skipBlanks,
  startsWith,
  trimmedEnd,
} from '../../base/bytes.ts';
import type { Int64Column, NumberColumn, TableBuilder, TextColumn } from '../../base/table-builder.ts';
import { KNOWN, type LineOutcome, type LineParser, ROW } from '../source.ts';
import { Words } from './words.ts';

const COLON = 58;
const AT = 64;
const BACKSLASH = 92;
const VIRTUAL_FUNCTION = ascii('vf ');
const RX = ascii('RX');
const TX = ascii('TX');
const MTU = ascii('mtu');
const STATE = ascii('state');
const ERRORS = ascii('errors:');
const INET = ascii('inet');
/** Column of each header word; a word that is not here is passed over. */
const RX_COLUMNS: Readonly<Record<string, string>> = {
  bytes: 'rx_bytes',
  packets: 'rx_packets',
  errors: 'rx_errors',
  dropped: 'rx_dropped',
  missed: 'rx_missed',
  overrun: 'rx_overrun',
  mcast: 'multicast',
  length: 'rx_length',
  crc: 'rx_crc',
  frame: 'rx_frame',
  fifo: 'rx_fifo',
  nohandler: 'rx_nohandler',
  otherhost: 'rx_otherhost',
};
const TX_COLUMNS: Readonly<Record<string, string>> = {
  bytes: 'tx_bytes',
  packets: 'tx_packets',
  errors: 'tx_errors',
  dropped: 'tx_dropped',
  carrier: 'tx_carrier',
  collsns: 'tx_collisions',
  aborted: 'tx_aborted',
  fifo: 'tx_fifo',
  window: 'tx_window',
  heartbeat: 'tx_heartbeat',
  heartbt: 'tx_heartbeat',
  transns: 'carrier_changes',
};

/** Reads `ip -s link` into the `interface` table; a row is closed by the next headline. */
export class IpLinkParser implements LineParser {
  readonly #table: TableBuilder;
  readonly #name: TextColumn;
  readonly #state: TextColumn;
  readonly #mtu: NumberColumn;
  readonly #words: Words = new Words();
  /** Columns of the numbers that come next; null when none are due. */
  #due: readonly (Int64Column | null)[] | null = null;
  #open = false;
  #inVirtualFunction = false;

  constructor(table: TableBuilder) {
    this.#table = table;
    this.#name = table.text('name');
    this.#state = table.text('state');
    this.#mtu = table.number('mtu');
  }

  line(bytes: Uint8Array, start: number, end: number): LineOutcome {
    const from = skipBlanks(bytes, start, end);
    const to = trimmedEnd(bytes, from, end);
    if (from === to) return KNOWN;
    const cut = indexOfByte(bytes, BACKSLASH, from, to);
    if (cut >= 0) return this.#oneLine(bytes, from, cut, to);
    if (from === start) return this.#headline(bytes, from, to);
    return this.#detail(bytes, from, to);
  }

  #detail(bytes: Uint8Array, from: number, to: number): LineOutcome {
    if (!this.#open) return 'indented line before any interface';
    if (this.#due !== null) return this.#numbers(bytes, from, to);
    this.#inVirtualFunction ||= startsWith(bytes, from, to, VIRTUAL_FUNCTION);
    if (this.#inVirtualFunction) return KNOWN;
    const received = startsWith(bytes, from, to, RX);
    if (received || startsWith(bytes, from, to, TX)) this.#header(bytes, from, to, received ? RX_COLUMNS : TX_COLUMNS);
    return KNOWN;
  }

  /** Closes the last interface. */
  end(): void {
    if (this.#open) this.#table.next();
    this.#open = false;
  }

  /** `ip -o`: the lines of an interface with backslashes between them. */
  #oneLine(bytes: Uint8Array, start: number, firstCut: number, end: number): LineOutcome {
    let outcome = this.#headline(bytes, start, firstCut);
    for (let at = firstCut; at < end && outcome === ROW; ) {
      const from = skipBlanks(bytes, at + 1, end);
      const next = indexOfByte(bytes, BACKSLASH, from, end);
      const to = next < 0 ? end : next;
      const part = this.#detail(bytes, from, trimmedEnd(bytes, from, to));
      if (typeof part === 'string') outcome = part;
      at = to;
    }
    return outcome;
  }

  #headline(bytes: Uint8Array, start: number, end: number): LineOutcome {
    this.end();
    this.#due = null;
    this.#inVirtualFunction = false;
    const words = this.#words;
    words.cut(bytes, start, end);
    if (words.count < 2 || decimal(bytes, start, words.end(0) - 1) < 0 || bytes[words.end(0) - 1] !== COLON)
      return 'not an interface headline';
    const from = words.start(1);
    const nameEnd = words.end(1) - 1;
    if (nameEnd <= from || bytes[nameEnd] !== COLON) {
      // `ip -o addr` repeats the name before each address
      return words.count > 2 && startsWith(bytes, words.start(2), words.end(2), INET)
        ? KNOWN
        : 'not an interface headline';
    }
    const at = indexOfByte(bytes, AT, from, nameEnd);
    this.#name.setBytes(bytes, from, at < 0 ? nameEnd : at);
    words.cut(bytes, nameEnd + 1, end);
    for (let i = 0; i + 1 < this.#words.count; i++) this.#property(bytes, i);
    this.#open = true;
    return ROW;
  }

  #property(bytes: Uint8Array, index: number): void {
    const words = this.#words;
    const valueStart = words.start(index + 1);
    const valueEnd = words.end(index + 1);
    if (equals(bytes, words.start(index), words.end(index), STATE)) {
      this.#state.setBytes(bytes, valueStart, valueEnd);
    } else if (equals(bytes, words.start(index), words.end(index), MTU)) {
      const mtu = decimal32(bytes, valueStart, valueEnd);
      if (mtu >= 0) this.#mtu.set(mtu);
    }
  }

  #header(bytes: Uint8Array, start: number, end: number, columns: Readonly<Record<string, string>>): void {
    const words = this.#words;
    words.cut(bytes, start, end);
    const first = words.count > 1 && equals(bytes, words.start(1), words.end(1), ERRORS) ? 2 : 1;
    const due: (Int64Column | null)[] = [];
    for (let i = first; i < words.count; i++) {
      const column = columns[words.text(bytes, i)];
      due.push(column === undefined ? null : this.#table.int64(column));
    }
    this.#due = due;
  }

  #numbers(bytes: Uint8Array, start: number, end: number): LineOutcome {
    const due = this.#due!;
    const words = this.#words;
    this.#due = null;
    words.cut(bytes, start, end);
    if (words.count !== due.length) return 'not as many numbers as the header has names';
    for (let i = 0; i < due.length; i++) {
      if (decimal(bytes, words.start(i), words.end(i)) < 0) return 'counter is not a number';
    }
    for (let i = 0; i < due.length; i++) due[i]?.set(decimal(bytes, words.start(i), words.end(i)));
    return KNOWN;
  }
}
