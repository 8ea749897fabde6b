/*
 * What `dropwatch` prints (versions 1.2 to 1.5, as its sources print it), its dialogue included.
 *
 * dropwatch> start
 * Kernel monitoring activated.
 * 1 drops at tcp_v4_do_rcv+cd (0xffffffff81799bad)
 * 10 drops at tcp_v4_rcv+80 (0xffffffff8179a620) [software]
 * 4 drops at location 0xffffffff8179a620
 * drop at: nf_hook_slow+0xa7/0x130 (0xffffffff8179a620)
 * origin: software
 *
 * https://man7.org/linux/man-pages/man1/dropwatch.1.html
 */
import { lineText, setLineText } from '../../base/line-text.ts';
import type { TableBuilder } from '../../base/table-builder.ts';
import { KNOWN, type LineOutcome, type LineParser, ROW } from '../source.ts';

const LONGEST_LINE = 1000;
const SUMMARY = /^(\d{1,15}) drops at (?:location )?(\S+)(?: \((0x[0-9a-f]{1,16})\))?(?: \[(software|hardware)\])?$/;
const PACKET = /^drop at: (\S+)(?: \(([^)]*)\))?$/;
const DIALOGUE =
  /^(?:(?:dropwatch|dropmon)?> ?|Initi?ali?zing |Enabling |Waiting |Kernel monitoring|Issue Ctrl-C|Got a |Setting |Deactivat|Disabling |Shutting down|Alert limit|Alert mode|Truncat|Queue length|Cleaning up|Unable to |Monitoring |origin: |input port |output port |timestamp: |protocol: |length: |original length: |drop reason: |software statistics|hardware statistics|tail dropped: |[0-9a-f]{2}( [0-9a-f]{2})* *$)/;

/** Reads drops into the `packet_drop` table. */
export class PacketDropParser implements LineParser {
  readonly #table: TableBuilder;

  constructor(table: TableBuilder) {
    this.#table = table;
  }

  line(bytes: Uint8Array, start: number, end: number): LineOutcome {
    if (end - start > LONGEST_LINE) return 'longer than any line of dropwatch';
    const text = lineText(bytes, start, end).trim();
    if (text === '') return KNOWN;
    const summary = SUMMARY.exec(text);
    if (summary !== null) return this.#row(Number(summary[1]), summary[2]!, summary[3], summary[4]);
    const packet = PACKET.exec(text);
    if (packet === null) return DIALOGUE.test(text) ? KNOWN : 'not a line of dropwatch';
    // a trap of a device names its group where a function has its address
    const address = packet[2]?.startsWith('0x') === true ? packet[2] : undefined;
    return this.#row(1, packet[1]!, address, address === undefined ? 'hardware' : 'software');
  }

  #row(drops: number, location: string, address: string | undefined, origin: string | undefined): LineOutcome {
    this.#table.int64('drops').set(drops);
    setLineText(this.#table.text('location'), location);
    if (address !== undefined) setLineText(this.#table.text('address'), address);
    else if (location.startsWith('0x')) setLineText(this.#table.text('address'), location);
    if (origin !== undefined) this.#table.text('origin').setText(origin);
    this.#table.next();
    return ROW;
  }
}
