/*
 * `ethtool -S IF` (seen: ethtool 6.1 with veth and virtio; other names from the drivers' sources): a counter a line, under names each
 * driver chooses, with blanks in some, twice in others. The interface stands in the member's name only.
 *
 * NIC statistics:
 *      rx_queue_0_drops: 0
 *      [0]: rx_ucast_packets: 12
 *      Tx Queue#: 0
 *        TSO pkts tx: 3
 *      tx timeout count: 0
 * Standard stats for eth0:
 * eth-phy-SymbolErrorDuringCarrier: 0
 *
 * https://man7.org/linux/man-pages/man8/ethtool.8.html
 */
import { trimmedEnd } from '../../base/bytes.ts';
import type { Int64Column, NumberColumn, TableBuilder, TextColumn } from '../../base/table-builder.ts';
import { counterValue } from '../counter-value.ts';
import { KNOWN, type LineOutcome, type LineParser, ROW } from '../source.ts';

const DECODER = new TextDecoder();
const LONGEST = 256;
const TITLE = /^(?:NIC|PHY|Standard) (?:statistics|stats)(?: for (\S+))?:$/;
/** What it says on stderr when there is nothing to say. */
const NOTHING = /^(?:no stats available|Cannot get |netlink error: )/;
const COUNTER = /^(\s*)(\S.*?)\s*:\s*(-?\d+)$/;
/** The queue in a driver's name for a counter: rx_queue_0_drops, rx0_packets, tx-3.bytes, [0]: x, q1_x, ch0_x, txq#2_x. */
const QUEUE =
  /^(?:\[[a-z]*(\d+)\][: ]|(?:rx|tx|xdp)[_-]?(?:queue|ring|q)[_#-]?(\d+)[._-]|(?:rx|tx)-?(\d+)[._]|(?:queue|ring|q|ch|rxq|txq)[_#-]?(\d+)[._])/i;
const BRACKET = /^\[[^\]]*\]:?\s*/;
const QUEUE_TITLE = /Queue#$/;
const HIGHEST_QUEUE = 65_535;

/** Reads `ethtool -S` into the `nic_counter` table. */
export class EthtoolStatisticsParser implements LineParser {
  readonly #table: TableBuilder;
  readonly #interface: TextColumn;
  readonly #name: TextColumn;
  readonly #value: Int64Column;
  readonly #queue: NumberColumn;
  #interfaceName: string | null;
  /** The queue a title named, and how far its title was indented: its counters stand deeper. */
  #titled: { readonly queue: number; readonly indent: number } | null = null;

  constructor(interfaceName: string | null, table: TableBuilder) {
    this.#interfaceName = interfaceName;
    this.#table = table;
    this.#interface = table.text('interface');
    this.#name = table.text('name');
    this.#value = table.int64('value');
    this.#queue = table.number('queue');
  }

  line(bytes: Uint8Array, start: number, end: number): LineOutcome {
    const text = DECODER.decode(bytes.subarray(start, Math.min(trimmedEnd(bytes, start, end), start + LONGEST)));
    if (text.trim() === '' || NOTHING.test(text)) return KNOWN;
    const title = TITLE.exec(text);
    if (title !== null) {
      this.#interfaceName = title[1] ?? this.#interfaceName;
      return KNOWN;
    }
    const counter = COUNTER.exec(text);
    if (counter === null) return 'not a counter of ethtool';
    const value = counterValue(counter[3]!);
    if (Number.isNaN(value)) return 'value is not a 64-bit number';
    return this.#counter(counter[1]!.length, counter[2]!, value);
  }

  #counter(indent: number, name: string, value: number): LineOutcome {
    if (QUEUE_TITLE.test(name)) {
      this.#titled = { queue: value, indent };
      return KNOWN;
    }
    if (this.#titled !== null && indent <= this.#titled.indent) this.#titled = null;
    const queue = this.#titled?.queue ?? queueOf(name);
    if (this.#interfaceName !== null) this.#interface.setText(this.#interfaceName);
    this.#name.setText(name.replace(BRACKET, '') || name);
    this.#value.set(value);
    if (queue !== null && queue >= 0 && queue <= HIGHEST_QUEUE) this.#queue.set(queue);
    this.#table.next();
    return ROW;
  }
}

function queueOf(name: string): number | null {
  const digits = QUEUE.exec(name)
    ?.slice(1)
    .find((group) => group !== undefined);
  return digits === undefined ? null : Number(digits);
}
