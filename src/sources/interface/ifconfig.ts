/*
 * `ifconfig -a`, `netstat -ie` (seen: net-tools 1.60, 2.10, busybox 1.35, which prints as 1.60 does; 1.60 cuts names
 * at nine characters). Aliases have no counters.
 *
 * v1: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1500
 *         RX packets 61  bytes 4539 (4.4 KiB)
 *         RX errors 0  dropped 0  overruns 0  frame 0
 *
 * eth0      Link encap:Ethernet  HWaddr 02:B0:E7:07:18:CC
 *           UP BROADCAST RUNNING MULTICAST  MTU:1500  Metric:1
 *           RX packets:61 errors:0 dropped:0 overruns:0 frame:0
 *           collisions:0 txqueuelen:1000
 *           RX bytes:4539 (4.4 KiB)  TX bytes:4204 (4.1 KiB)
 *
 * https://man7.org/linux/man-pages/man8/ifconfig.8.html
 */
import { MAX_INT32 } from '../../base/bytes.ts';
import type { TableBuilder } from '../../base/table-builder.ts';
import { counterValue } from '../counter-value.ts';
import { KNOWN, type LineOutcome, type LineParser, ROW } from '../source.ts';

const LONGEST = 256;
const HEADLINE = /^(\S+?)(?:: flags=\d+<\S*| +Link encap:)/;
const MTU = /\bmtu (\d+)|\bMTU:(\d+)/;
const COUNTERS = /^\s+(?:RX|TX|collisions)[ :]/;
const PART = /\b(RX|TX)\b|\b([a-z]+)[: ](\d+)/g;
const COLUMNS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  RX: {
    packets: 'rx_packets',
    bytes: 'rx_bytes',
    errors: 'rx_errors',
    dropped: 'rx_dropped',
    overruns: 'rx_fifo',
    frame: 'rx_frame',
  },
  TX: {
    packets: 'tx_packets',
    bytes: 'tx_bytes',
    errors: 'tx_errors',
    dropped: 'tx_dropped',
    overruns: 'tx_fifo',
    carrier: 'tx_carrier',
    collisions: 'tx_collisions',
  },
};

/** Reads ifconfig into the `interface` table; a row is closed by the next headline. */
export class IfconfigParser implements LineParser {
  readonly #table: TableBuilder;
  #open = false;

  constructor(table: TableBuilder) {
    this.#table = table;
  }

  line(bytes: Uint8Array, start: number, end: number): LineOutcome {
    const text = readText(bytes, start, end);
    if (text.trim() === '') return KNOWN;
    const name = HEADLINE.exec(text)?.[1];
    if (name !== undefined) {
      this.end();
      this.#open = true;
      this.#table.text('name').setBytes(bytes, start, start + name.length);
      this.#mtu(text);
      return ROW;
    }
    if (!this.#open || !/^\s/.test(text)) return 'not a line of an interface';
    this.#mtu(text);
    if (COUNTERS.test(text)) return this.#counters(text);
    return KNOWN;
  }

  /** Closes the last interface. */
  end(): void {
    if (this.#open) this.#table.next();
    this.#open = false;
  }

  #mtu(text: string): void {
    const match = MTU.exec(text);
    if (match === null) return;
    const mtu = counterValue(match[1] ?? match[2]!);
    if (mtu <= MAX_INT32) this.#table.number('mtu').set(mtu);
  }

  #counters(text: string): LineOutcome {
    let columns = COLUMNS['TX']!;
    let found = false;
    for (const [, direction, key, digits] of text.matchAll(PART)) {
      if (direction !== undefined) columns = COLUMNS[direction]!;
      if (key === undefined || !Object.hasOwn(columns, key)) continue;
      const value = counterValue(digits!);
      if (Number.isNaN(value)) return 'counter is not a number';
      this.#table.int64(columns[key]!).set(value);
      found = true;
    }
    return found || text.includes('compressed') ? KNOWN : 'no counter in the line';
  }
}

/** Whether a line begins an interface. */
export function beginsInterface(bytes: Uint8Array, start: number, end: number): boolean {
  return HEADLINE.test(readText(bytes, start, end));
}

function readText(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, Math.min(end, start + LONGEST)));
}
