/*
 * /proc/net/dev_snmp6/eth0 (seen: kernel 6.18): as /proc/net/snmp6, for one interface, whose name is that of the file.
 *
 * ifIndex                         3
 * Ip6InReceives                   6
 * Icmp6OutType143                 2
 */
import { skipBlanks } from '../../base/bytes.ts';
import { lineText } from '../../base/line-text.ts';
import type { TableBuilder } from '../../base/table-builder.ts';
import { counterValue } from '../counter-value.ts';
import { KNOWN, type LineOutcome, type LineParser, ROW } from '../source.ts';

const LONGEST = 128;
const COUNTER = /^([A-Z][A-Za-z0-9_]*)\s+(\d+)$/;
const INDEX = /^ifIndex\s+\d+$/;
const FILE = /(?:^|\/)(?:proc-net-dev_snmp6-(.+)\.txt|dev_snmp6\/([^/]+))$/;

/** Reads the counters of an interface into the `nic_counter` table. */
export class InterfaceCountersParser implements LineParser {
  readonly #table: TableBuilder;
  readonly #interface: string | null;

  constructor(member: string, table: TableBuilder) {
    this.#table = table;
    const file = FILE.exec(member);
    this.#interface = file?.[1] ?? file?.[2] ?? null;
  }

  line(bytes: Uint8Array, start: number, end: number): LineOutcome {
    if (skipBlanks(bytes, start, end) === end) return KNOWN;
    const text = lineText(bytes, start, Math.min(end, start + LONGEST)).trim();
    const counter = COUNTER.exec(text);
    if (counter === null && INDEX.test(text)) return KNOWN;
    const value = counterValue(counter?.[2] ?? '');
    if (counter === null || Number.isNaN(value)) return 'not a counter line';
    if (this.#interface !== null) this.#table.text('interface').setText(this.#interface);
    this.#table.text('name').setText(counter[1]!);
    this.#table.int64('value').set(value);
    this.#table.next();
    return ROW;
  }
}
