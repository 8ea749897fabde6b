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
import { Address } from '../../base/address.ts';
import { ascii, decimal, decimal32, indexOfBytes, skipBlanks, startsWith, tokenEnd } from '../../base/bytes.ts';
import type { Int64Column, NumberColumn, TableBuilder, TextColumn } from '../../base/table-builder.ts';
import { TokenTable } from '../../base/token-table.ts';
import { KNOWN, type LineOutcome, type LineParser, ROW } from '../source.ts';
import type { EventColumns } from './event.ts';
import { FlowRow } from './flow-row.ts';
import { BYTES, DPORT, DST, ID, isDigit, isProtocol, isState, keyOf, MARK, SPORT, SRC, USE, ZONE } from './keys.ts';
import { readSaved } from './save.ts';
import { XmlFlows } from './xml.ts';

const SPACE = 32;
const TAB = 9;
const EQUALS = 61;
const OPEN = 91;
const CLOSE = 93;
const MINUS = 45;
const ZERO = 48;
const LESS = 60;
const LETTER_A = 97;

const BANNER = ascii('conntrack v');
const BANNER_END = ascii('have been shown');

const FAMILIES: TokenTable = new TokenTable(['ipv4', 'ipv6']);
const RARE: TokenTable = new TokenTable(['delta-time', 'zone-orig', 'zone-reply', 'helper', 'labels']);
const RARE_TEXT = 3;
const FLAGS: TokenTable = new TokenTable(['[ASSURED]', '[UNREPLIED]', '[OFFLOAD]', '[HW_OFFLOAD]']);
const MAX_PORT = 65_535;
/** From here on a number does not fit a BIGINT. */
const TOO_BIG = 2 ** 63;

/** Reads connection tracking entries, or events, into the table given. */
export class ConntrackParser implements LineParser {
  readonly #table: TableBuilder;
  readonly #l3proto: TextColumn;
  readonly #l4proto: TextColumn;
  readonly #state: TextColumn;
  readonly #timeout: NumberColumn;
  /** src, dst, then reply_src, reply_dst. */
  readonly #addresses: readonly TextColumn[];
  readonly #ports: readonly NumberColumn[];
  /** packets, bytes, then those of the reply. */
  readonly #volumes: readonly Int64Column[];
  readonly #assured: NumberColumn;
  readonly #unreplied: NumberColumn;
  readonly #mark: Int64Column;
  readonly #zone: NumberColumn;
  readonly #id: Int64Column;
  readonly #age: NumberColumn;
  readonly #zoneDirection: TextColumn;
  /** helper, labels. */
  readonly #names: readonly TextColumn[];
  readonly #offload: TextColumn;
  readonly #event: EventColumns | null;
  readonly #xml: XmlFlows;
  readonly #saved: FlowRow;
  readonly #address: Address = new Address();
  #at = 0;
  /** 0 before the first src=, 1 in the original direction, 2 in the reply. */
  #direction = 0;
  #seen = 0;
  #family = 0;
  #useSeen = false;
  /** Events, or a flow of XML that is not ended. */
  #isSpecial: boolean;

  /** `event` is where the table takes what `conntrack -E` prints before an entry; null for a listing. */
  constructor(table: TableBuilder, event: EventColumns | null = null) {
    this.#table = table;
    this.#event = event;
    this.#isSpecial = event !== null;
    this.#l3proto = table.text('l3proto');
    this.#l4proto = table.text('l4proto');
    this.#state = table.text('state');
    this.#timeout = table.number('timeout_s');
    this.#addresses = ['src', 'dst', 'reply_src', 'reply_dst'].map((name) => table.text(name));
    this.#ports = ['sport', 'dport', 'reply_sport', 'reply_dport'].map((name) => table.number(name));
    this.#volumes = ['packets', 'bytes', 'reply_packets', 'reply_bytes'].map((name) => table.int64(name));
    this.#assured = table.number('assured');
    this.#unreplied = table.number('unreplied');
    this.#mark = table.int64('mark');
    this.#zone = table.number('zone');
    this.#id = table.int64('id');
    this.#age = table.number('age_s');
    this.#zoneDirection = table.text('zone_direction');
    this.#names = ['helper', 'labels'].map((name) => table.text(name));
    this.#offload = table.text('offload');
    this.#saved = new FlowRow(table);
    this.#xml = new XmlFlows(new FlowRow(table), event);
  }

  line(bytes: Uint8Array, start: number, end: number): LineOutcome {
    this.#at = skipBlanks(bytes, start, end);
    if (this.#at === end) return KNOWN;
    const first = bytes[this.#at]!;
    if (first < LETTER_A || this.#isSpecial) return this.#special(bytes, first, end);
    return this.#entry(bytes, end);
  }

  /** All but a plain line of a listing. */
  #special(bytes: Uint8Array, first: number, end: number): LineOutcome {
    if (first === LESS || this.#xml.isOpen) {
      const outcome = this.#xml.line(bytes, this.#at, end);
      this.#isSpecial = this.#event !== null || this.#xml.isOpen;
      return outcome;
    }
    if (first === MINUS) return readSaved(bytes, this.#at, end, this.#saved) ?? ROW;
    if (this.#event === null) {
      return first === OPEN ? 'an event, not an entry of the table' : this.#entry(bytes, end);
    }
    if (isBanner(bytes, this.#at, end)) return KNOWN;
    const at = this.#event.read(bytes, this.#at, end);
    if (at < 0) {
      this.#table.abandon();
      return 'an entry without an event';
    }
    this.#at = at;
    return this.#entry(bytes, end);
  }

  #entry(bytes: Uint8Array, end: number): LineOutcome {
    const start = this.#at;
    const reason = this.#head(bytes, end) ?? this.#pairs(bytes, end);
    if (reason === null) {
      this.#table.next();
      return ROW;
    }
    this.#table.abandon();
    return isBanner(bytes, start, end) ? KNOWN : reason;
  }

  /** `[ipv4 2] tcp 6 [timeout] [STATE]`. */
  #head(bytes: Uint8Array, end: number): string | null {
    let start = this.#at;
    let stop = tokenEnd(bytes, start, end);
    this.#family = 0;
    const family = FAMILIES.find(bytes, start, stop);
    if (family >= 0) {
      this.#family = family === 0 ? 4 : 6;
      stop = tokenEnd(bytes, skipBlanks(bytes, stop, end), end);
      start = skipBlanks(bytes, stop, end);
      stop = tokenEnd(bytes, start, end);
    }
    if (!isProtocol(bytes, start, stop)) return 'not a conntrack entry';
    this.#l4proto.setBytes(bytes, start, stop);
    start = skipBlanks(bytes, stop, end);
    stop = tokenEnd(bytes, start, end);
    if (decimal(bytes, start, stop) < 0) return 'protocol number missing';
    start = skipBlanks(bytes, stop, end);
    stop = tokenEnd(bytes, start, end);
    if (start < stop && isDigit(bytes[start]!)) {
      const timeout = decimal32(bytes, start, stop);
      if (timeout < 0) return 'timeout is not a number';
      this.#timeout.set(timeout);
      start = skipBlanks(bytes, stop, end);
      stop = tokenEnd(bytes, start, end);
    }
    if (isState(bytes, start, stop)) {
      this.#state.setBytes(bytes, start, stop);
      start = stop;
    }
    this.#at = start;
    return null;
  }

  #pairs(bytes: Uint8Array, end: number): string | null {
    this.#direction = 0;
    this.#seen = 0;
    this.#useSeen = false;
    this.#assured.set(0);
    this.#unreplied.set(0);
    this.#zone.set(0);
    let at = this.#at;
    while (at < end) {
      const first = bytes[at]!;
      if (first === SPACE || first === TAB) {
        at++;
        continue;
      }
      if (first === OPEN) {
        at = this.#flag(bytes, at, end);
        continue;
      }
      let sign = at + 1;
      let byte = bytes[sign]!;
      while (sign < end && byte !== EQUALS && byte !== SPACE && byte !== TAB) byte = bytes[++sign]!;
      if (sign >= end || byte !== EQUALS) return 'token is neither key=value nor a flag';
      const key = keyOf(bytes, at, sign);
      const name = at;
      at = sign + 1;
      const from = at;
      if (key > DST) {
        let value = 0;
        for (; at < end; at++) {
          const digit = bytes[at]! - ZERO;
          if (digit < 0 || digit > 9) break;
          value = value * 10 + digit;
        }
        if (at === from || value >= TOO_BIG || (at < end && !isBlank(bytes[at]!))) return 'value is not a number';
        const reason = this.#number(key, value);
        if (reason !== null) return reason;
        continue;
      }
      at = tokenEnd(bytes, at, end);
      const reason = key < 0 ? this.#rare(bytes, name, sign, from, at) : this.#addressValue(key, bytes, from, at);
      if (reason !== null) return reason;
    }
    return this.#finish();
  }

  #number(key: number, value: number): string | null {
    if (key >= MARK) return this.#trailing(key, value);
    if (this.#direction === 0) return null;
    const reply = this.#direction === 2 ? 2 : 0;
    if (key <= DPORT) {
      if (value > MAX_PORT) return 'port out of range';
      this.#ports[reply + key - SPORT]!.set(value);
    } else {
      this.#volumes[reply + (key === BYTES ? 1 : 0)]!.set(value);
    }
    return null;
  }

  #addressValue(key: number, bytes: Uint8Array, start: number, end: number): string | null {
    if (key === SRC && ++this.#direction > 2) return 'more than two directions';
    if (this.#direction === 0) return 'dst before src';
    const column = (this.#direction === 2 ? 2 : 0) + key;
    const address = this.#address;
    if (!address.read(bytes, start, end)) return 'not an address';
    if (this.#family === 0) this.#family = address.family;
    this.#addresses[column]!.setBytes(address.bytes, address.start, address.end);
    this.#seen |= 1 << column;
    return null;
  }

  /** An `id` inside a direction of icmp is the echo id; the entry's own comes after `use=`. */
  #trailing(key: number, value: number): string | null {
    if (key === MARK) this.#mark.set(value);
    else if (key === USE) this.#useSeen = true;
    else if (key === ID) {
      if (this.#useSeen) this.#id.set(value);
    } else if (key === ZONE) {
      if (value > MAX_PORT) return 'zone out of range';
      this.#zone.set(value);
    }
    return null;
  }

  /** Keys that most entries lack; an unknown one is passed over. */
  #rare(bytes: Uint8Array, name: number, sign: number, start: number, end: number): string | null {
    const rare = RARE.find(bytes, name, sign);
    if (rare < 0) return null;
    if (rare >= RARE_TEXT) {
      if (start < end) this.#names[rare - RARE_TEXT]!.setBytes(bytes, start, end);
      return null;
    }
    const value = decimal32(bytes, start, end);
    if (value < 0) return 'value is not a number';
    if (rare === 0) {
      this.#age.set(value);
      return null;
    }
    if (value > MAX_PORT) return 'zone out of range';
    this.#zone.set(value);
    this.#zoneDirection.setText(rare === 1 ? 'original' : 'reply');
    return null;
  }

  /** Position behind the bracket that opens at `start`: `[ASSURED]`, `[OFFLOAD]`, `[start=Sun Nov 22 20:27:35 2026]`. */
  #flag(bytes: Uint8Array, start: number, end: number): number {
    let close = start + 1;
    while (close < end && bytes[close] !== CLOSE) close++;
    const stop = Math.min(close + 1, end);
    const flag = FLAGS.find(bytes, start, stop);
    if (flag === 0) this.#assured.set(1);
    else if (flag === 1) this.#unreplied.set(1);
    else if (flag > 1) {
      this.#assured.clear();
      this.#offload.setText(flag === 2 ? 'software' : 'hardware');
    }
    return stop;
  }

  #finish(): string | null {
    if (this.#seen !== 0b1111) return 'source or destination missing';
    this.#l3proto.setText(this.#family === 4 ? 'ipv4' : 'ipv6');
    return null;
  }
}

function isBanner(bytes: Uint8Array, start: number, end: number): boolean {
  return startsWith(bytes, start, end, BANNER) && indexOfBytes(bytes, BANNER_END, start, end) >= 0;
}

function isBlank(byte: number): boolean {
  return byte === SPACE || byte === TAB;
}
