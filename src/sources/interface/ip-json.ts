/*
 * `ip -j -s link`, `ip -j -s -s link`, `ip -j -s addr`, plain or `-p` (seen: iproute2 4.18 to 7.1): an array, on one line or many.
 * On one line the longest line that is read has room for some fifteen hundred interfaces.
 *
 * [{"ifindex":2,"ifname":"v1","link":"v2","flags":["UP"],"mtu":1500,"operstate":"UP","stats64":{"rx":{"bytes":4539,
 *   "packets":61,"errors":0,"dropped":0,"over_errors":0,"multicast":0},"tx":{"bytes":4204,"packets":42,…}}},…]
 *
 * https://man7.org/linux/man-pages/man8/ip.8.html
 */
import { MAX_INT32 } from '../../base/bytes.ts';
import type { TableBuilder } from '../../base/table-builder.ts';
import { counterValue } from '../counter-value.ts';
import { JsonWalker } from '../json-walker.ts';
import { KNOWN, type LineOutcome, type LineParser, ROW } from '../source.ts';

const STATISTICS = new Set(['stats64', 'stats']);
const COLUMNS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  rx: {
    bytes: 'rx_bytes',
    packets: 'rx_packets',
    errors: 'rx_errors',
    dropped: 'rx_dropped',
    missed_errors: 'rx_missed',
    over_errors: 'rx_overrun',
    multicast: 'multicast',
    length_errors: 'rx_length',
    crc_errors: 'rx_crc',
    frame_errors: 'rx_frame',
    fifo_errors: 'rx_fifo',
    nohandler: 'rx_nohandler',
    otherhost: 'rx_otherhost',
  },
  tx: {
    bytes: 'tx_bytes',
    packets: 'tx_packets',
    errors: 'tx_errors',
    dropped: 'tx_dropped',
    carrier_errors: 'tx_carrier',
    collisions: 'tx_collisions',
    aborted_errors: 'tx_aborted',
    fifo_errors: 'tx_fifo',
    window_errors: 'tx_window',
    heartbeat_errors: 'tx_heartbeat',
    carrier_changes: 'carrier_changes',
  },
};

/** Reads the JSON of `ip` into the `interface` table; a row is closed with its object. */
export class IpJsonParser implements LineParser {
  readonly #table: TableBuilder;
  readonly #walker: JsonWalker;
  #touched = false;

  constructor(table: TableBuilder) {
    this.#table = table;
    this.#walker = new JsonWalker({
      value: (path, text) => this.#set(path, text),
      leave: (depth) => {
        if (depth === 1) this.#close();
      },
    });
  }

  line(bytes: Uint8Array, start: number, end: number): LineOutcome {
    this.#touched = false;
    if (!this.#walker.line(bytes, start, end)) return 'not JSON of ip';
    return this.#touched ? ROW : KNOWN;
  }

  /** Closes an interface that was cut off. */
  end(): void {
    this.#close();
  }

  /** `path` is a place in the array and the keys within: `['', 'stats64', 'rx', 'bytes']`. */
  #set(path: readonly string[], text: string): void {
    const [, key, direction, counter] = path;
    if (path.length === 2 && key === 'ifname') {
      this.#table.text('name').setText(text);
      this.#touched = true;
    } else if (path.length === 2 && key === 'operstate') {
      this.#table.text('state').setText(text);
    } else if (path.length === 2 && key === 'mtu') {
      const mtu = counterValue(text);
      if (mtu >= 0 && mtu <= MAX_INT32) this.#table.number('mtu').set(mtu);
    } else if (path.length === 4 && STATISTICS.has(key!)) {
      const columns = COLUMNS[direction!];
      const column = columns !== undefined && Object.hasOwn(columns, counter!) ? columns[counter!] : undefined;
      const value = counterValue(text);
      if (column === undefined || Number.isNaN(value)) return;
      this.#table.int64(column).set(value);
      this.#touched = true;
    }
  }

  #close(): void {
    if (this.#table.text('name').isSet) this.#table.next();
    else this.#table.abandon();
  }
}
