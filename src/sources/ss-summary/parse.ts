/*
 * `ss -s` (seen: iproute2 6.x; older ones have `synrecv`, `timewait 6/0`, `ports` and a line for the kernel's slabs, `*`).
 *
 * Total: 144
 * TCP:   185 (estab 100, closed 83, orphaned 0, timewait 6)
 *
 * Transport Total     IP        IPv6
 * UDP       0         0         0
 * TCP       102       102       0
 *
 * Numbers come from /proc/net/sockstat; `closed` holds those in TIME_WAIT. With a `-` the kernel was not asked.
 *
 * https://man7.org/linux/man-pages/man8/ss.8.html
 */
import { lineText } from '../../base/line-text.ts';
import type { TableBuilder } from '../../base/table-builder.ts';
import { KNOWN, type LineOutcome, type LineParser, ROW } from '../source.ts';

const LONGEST_LINE = 200;
const NUMBER = String.raw`(\d{1,15})`;
const TOTAL = new RegExp(String.raw`^Total: +${NUMBER}(?: +\(kernel ${NUMBER}\))?$`);
const TCP = new RegExp(String.raw`^TCP: +${NUMBER} +\(([a-z]+ \d[^()]*)\)(?:, ports ${NUMBER})?$`);
const STATE = new RegExp(String.raw`^([a-z]{1,20}) ${NUMBER}(?:\/${NUMBER})?$`);
const HEADER = /^Transport +Total +IP +IPv6$/;
const COUNT = String.raw`(\d{1,15}|-)`;
const TRANSPORT = new RegExp(String.raw`^([A-Z][A-Z0-9]{0,15}|\*)\s+${COUNT}\s+${COUNT}\s+${COUNT}$`);

/** Reads the summary into the `socket_summary` table, a row for each number. */
export class SsSummaryParser implements LineParser {
  readonly #table: TableBuilder;

  constructor(table: TableBuilder) {
    this.#table = table;
  }

  line(bytes: Uint8Array, start: number, end: number): LineOutcome {
    if (end - start > LONGEST_LINE) return 'longer than any line of it';
    const text = lineText(bytes, start, end).trim();
    if (text === '' || HEADER.test(text)) return KNOWN;
    const total = TOTAL.exec(text);
    if (total !== null) {
      this.#add('all', 'total', total[1]);
      this.#add('all', 'kernel', total[2]);
      return ROW;
    }
    const tcp = TCP.exec(text);
    if (tcp !== null) return this.#states(tcp);
    const [, transport, all, ip, ipv6] = TRANSPORT.exec(text) ?? [];
    if (transport === undefined) return 'not a line of a socket summary';
    const protocol = transport === '*' ? 'all' : transport;
    this.#add(protocol, 'in_use', all);
    this.#add(protocol, 'in_use_ip', ip);
    this.#add(protocol, 'in_use_ipv6', ipv6);
    return ROW;
  }

  #states([, total, states, ports]: RegExpExecArray): LineOutcome {
    const counts = states!.split(', ').map((state) => STATE.exec(state));
    if (counts.includes(null)) return 'not numbers of TCP sockets by state';
    this.#add('TCP', 'total', total);
    for (const count of counts) {
      this.#add('TCP', count![1]!, count![2]);
      this.#add('TCP', `${count![1]}_kernel`, count![3]);
    }
    this.#add('TCP', 'ports', ports);
    return ROW;
  }

  /** A number that is not printed, or `-`, is no row. */
  #add(protocol: string, key: string, value: string | undefined): void {
    if (value === undefined || value === '-') return;
    this.#table.text('protocol').setText(protocol);
    this.#table.text('key').setText(key);
    this.#table.int64('value').set(Number(value));
    this.#table.next();
  }
}
