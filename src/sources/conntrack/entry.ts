import { Address } from '../../base/address.ts';
import { decimal, decimal32, skipBlanks, tokenEnd } from '../../base/bytes.ts';
import type { Int64Column, NumberColumn, TableBuilder, TextColumn } from '../../base/table-builder.ts';
import { TokenTable } from '../../base/token-table.ts';
import { BYTES, DPORT, DST, ID, isDigit, isProtocol, isState, keyOf, MARK, SPORT, SRC, USE, ZONE } from './keys.ts';

const SPACE = 32;
const TAB = 9;
const EQUALS = 61;
const OPEN = 91;
const CLOSE = 93;
const ZERO = 48;

const FAMILIES: TokenTable = new TokenTable(['ipv4', 'ipv6']);
const RARE: TokenTable = new TokenTable(['delta-time', 'zone-orig', 'zone-reply', 'helper', 'labels']);
const RARE_TEXT = 3;
const FLAGS: TokenTable = new TokenTable(['[ASSURED]', '[UNREPLIED]', '[OFFLOAD]', '[HW_OFFLOAD]']);
const MAX_PORT = 65_535;
/** From here on a number does not fit a BIGINT. */
const TOO_BIG = 2 ** 63;

/** Reads entries printed as a line of `key=value` each into the columns of a table. */
export class EntryLines {
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
  readonly #address: Address = new Address();
  #at = 0;
  /** 0 before the first src=, 1 in the original direction, 2 in the reply. */
  #direction = 0;
  #seen = 0;
  #family = 0;
  #useSeen = false;

  constructor(table: TableBuilder) {
    this.#table = table;
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
  }

  /** Reads the entry that begins at `start`, which is no blank, and closes its row; a text when it is none. */
  read(bytes: Uint8Array, start: number, end: number): string | null {
    this.#at = start;
    const reason = this.#head(bytes, end) ?? this.#pairs(bytes, end);
    if (reason === null) this.#table.next();
    else this.#table.abandon();
    return reason;
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

function isBlank(byte: number): boolean {
  return byte === SPACE || byte === TAB;
}
