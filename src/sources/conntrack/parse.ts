/*
 * `conntrack -L` (seen: conntrack-tools 1.4.7; every -o), `conntrack -E` (an event before each entry) and
 * /proc/net/nf_conntrack (seen: kernel 6.18; ip_conntrack of old kernels is the same without the family). One entry a
 * line; the first src= … dport= is the original direction, the second the reply. Keys before the first src= belong to
 * the protocol (gre: timeout=, stream_timeout=). -o xml is in xml.ts, -o save in save.ts.
 *
 * tcp      6 431998 ESTABLISHED src=10.79.0.2 dst=10.79.0.1 sport=33952 dport=80 packets=4 bytes=217 src=10.79.0.1 dst=10.79.0.2 sport=80 dport=33952 packets=3 bytes=664 [ASSURED] mark=0 delta-time=2 use=1
 * ipv4     2 udp      17 28 src=10.79.0.2 dst=10.79.0.1 sport=43979 dport=5353 [UNREPLIED] src=10.79.0.1 … mark=0 use=1 id=3220498082
 * icmp     1 28 src=10.79.0.2 dst=10.79.0.1 type=8 code=0 id=4660 src=10.79.0.1 dst=10.79.0.2 type=0 code=0 id=4660 mark=0 use=1
 * ipv4     2 gre      47 27 timeout=30, stream_timeout=180 src=10.79.0.2 … srckey=0x0 dstkey=0x0 … mark=0 zone=0 use=2
 * unknown  99 598 src=10.79.0.2 dst=10.79.0.1 [UNREPLIED] src=10.79.0.1 dst=10.79.0.2 mark=0 use=1
 * [1795531418.235210]	    [NEW] tcp      6 120 SYN_SENT src=10.79.0.2 dst=10.79.0.1 sport=46026 dport=81 zone-orig=7 [UNREPLIED] src=10.79.0.1 …
 * conntrack v1.4.7 (conntrack-tools): 16 flow entries have been shown.
 *
 * https://conntrack-tools.netfilter.org/manual.html
 */
import { ascii, indexOfBytes, skipBlanks, startsWith } from '../../base/bytes.ts';
import type { TableBuilder } from '../../base/table-builder.ts';
import { KNOWN, type LineOutcome, type LineParser, ROW } from '../source.ts';
import { EntryLines } from './entry.ts';
import type { EventColumns } from './event.ts';
import { FlowRow } from './flow-row.ts';
import { readSaved } from './save.ts';
import { XmlFlows } from './xml.ts';

const OPEN = 91;
const MINUS = 45;
const LESS = 60;
const LETTER_A = 97;

const BANNER = ascii('conntrack v');
const BANNER_END = ascii('have been shown');

/** Reads connection tracking entries, or events, into the table given. */
export class ConntrackParser implements LineParser {
  readonly #entries: EntryLines;
  readonly #saved: FlowRow;
  readonly #xml: XmlFlows;
  readonly #table: TableBuilder;
  readonly #event: EventColumns | null;
  /** Events, or a flow of XML that is not ended. */
  #isSpecial: boolean;

  /** `event` is where the table takes what `conntrack -E` prints before an entry; null for a listing. */
  constructor(table: TableBuilder, event: EventColumns | null = null) {
    this.#entries = new EntryLines(table);
    this.#saved = new FlowRow(table);
    this.#xml = new XmlFlows(new FlowRow(table), event);
    this.#table = table;
    this.#event = event;
    this.#isSpecial = event !== null;
  }

  line(bytes: Uint8Array, start: number, end: number): LineOutcome {
    const at = skipBlanks(bytes, start, end);
    if (at === end) return KNOWN;
    if (bytes[at]! < LETTER_A || this.#isSpecial) return this.#special(bytes, at, end);
    return this.#entry(bytes, at, end);
  }

  #entry(bytes: Uint8Array, at: number, end: number): LineOutcome {
    const reason = this.#entries.read(bytes, at, end);
    if (reason === null) return ROW;
    return isBanner(bytes, at, end) ? KNOWN : reason;
  }

  /** All but a plain line of a listing. */
  #special(bytes: Uint8Array, at: number, end: number): LineOutcome {
    const first = bytes[at]!;
    if (first === LESS || this.#xml.isOpen) {
      const outcome = this.#xml.line(bytes, at, end);
      this.#isSpecial = this.#event !== null || this.#xml.isOpen;
      return outcome;
    }
    if (this.#event === null) {
      if (first === MINUS) return readSaved(bytes, at, end, this.#saved) ?? ROW;
      return first === OPEN ? 'an event, not an entry of the table' : this.#entry(bytes, at, end);
    }
    if (isBanner(bytes, at, end)) return KNOWN;
    const behind = this.#event.read(bytes, at, end);
    if (behind >= 0) return this.#entry(bytes, behind, end);
    this.#table.abandon();
    return 'an entry without an event';
  }
}

function isBanner(bytes: Uint8Array, start: number, end: number): boolean {
  return startsWith(bytes, start, end, BANNER) && indexOfBytes(bytes, BANNER_END, start, end) >= 0;
}
