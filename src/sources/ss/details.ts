import {
  decimal,
  decimal32,
  decimalFraction,
  indexOfByte,
  skipBlanks,
  startsWith,
  tokenEnd,
} from '../../base/bytes.ts';
import type { Int64Column, NumberColumn, TableBuilder, TextColumn } from '../../base/table-builder.ts';
import {
  CGROUP,
  DURATION,
  DURATION_FROM,
  FLAGS_FROM,
  FRACTION,
  FRACTION_FROM,
  INODE,
  INT32,
  INT64,
  INT64_FROM,
  KEY_TABLE,
  LEFT_OUT_FROM,
  MEM,
  MEMORY,
  MEMORY_TABLE,
  RATES_FROM,
  RETRANS,
  RTT,
  SHUTDOWNS,
  SKMEM,
  TIMER,
  WORDS,
} from './detail-tokens.ts';
import type { OtherTokens } from './other-tokens.ts';
import { Owner, ownersEnd, USERS } from './owners.ts';
import { timerMs } from './timer.ts';

const SPACE = 32;
const TAB = 9;
const COLON = 58;
const COMMA = 44;
const SLASH = 47;
const OPEN = 40;
const CLOSE = 41;
const ZERO = 48;
const NINE = 57;
const LETTER_K = 75;
const LETTER_M = 77;
const LETTER_G = 71;

/**
 * Reads what follows the two addresses of a socket, on the same line or on the next one: owners, timer, `-e`, `-m` and
 * `-i` tokens, in any order. Tokens that cannot be read leave their columns null, those not known are kept as printed: they
 * never cost the row.
 */
export class Details {
  readonly #int32: readonly NumberColumn[];
  readonly #int64: readonly Int64Column[];
  readonly #fraction: readonly NumberColumn[];
  readonly #duration: readonly Int64Column[];
  readonly #memory: readonly Int64Column[];
  readonly #uid: NumberColumn;
  readonly #process: TextColumn;
  readonly #pid: NumberColumn;
  readonly #timer: TextColumn;
  readonly #timerMs: Int64Column;
  readonly #retrans: NumberColumn;
  readonly #rtt: NumberColumn;
  readonly #rttvar: NumberColumn;
  readonly #retransNow: NumberColumn;
  readonly #retransTotal: Int64Column;
  readonly #cgroup: TextColumn;
  readonly #shutdown: TextColumn;
  readonly #congestion: TextColumn;
  readonly #rates: readonly Int64Column[];
  readonly #appLimited: NumberColumn;
  readonly #other: OtherTokens;
  readonly #owner: Owner = new Owner();
  /** An owner was read since this was last cleared. */
  isOwned = false;
  #line: Uint8Array = new Uint8Array(0);

  constructor(table: TableBuilder, other: OtherTokens) {
    this.#other = other;
    this.#int32 = Object.values(INT32).map((name) => table.number(name));
    this.#int64 = Object.values(INT64).map((name) => table.int64(name));
    this.#fraction = Object.values(FRACTION).map((name) => table.number(name));
    this.#duration = Object.values(DURATION).map((name) => table.int64(name));
    this.#memory = Object.values(MEMORY).map((name) => table.int64(name));
    this.#uid = table.number('uid');
    this.#process = table.text('process');
    this.#pid = table.number('pid');
    this.#timer = table.text('timer');
    this.#timerMs = table.int64('timer_ms');
    this.#retrans = table.number('retrans');
    this.#rtt = table.number('rtt_ms');
    this.#rttvar = table.number('rttvar_ms');
    this.#retransNow = table.number('retrans_now');
    this.#retransTotal = table.int64('retrans_total');
    this.#cgroup = table.text('cgroup');
    this.#shutdown = table.text('shutdown');
    this.#congestion = table.text('congestion');
    this.#rates = [table.int64('delivery_rate_bps'), table.int64('pacing_rate_bps')];
    this.#appLimited = table.number('app_limited');
  }

  /** Sets columns of the current row from `bytes[start, end)`. */
  read(bytes: Uint8Array, start: number, end: number): void {
    this.#line = bytes;
    let at = start;
    while (at < end) {
      const first = bytes[at]!;
      if (first === SPACE || first === TAB) {
        at++;
        continue;
      }
      let stop = at + 1;
      let byte = bytes[stop]!;
      while (stop < end && byte !== COLON && byte !== SPACE && byte !== TAB) byte = bytes[++stop]!;
      if (stop === end || byte !== COLON) {
        at = this.#readWord(bytes, at, stop, end);
      } else if (startsWith(bytes, at, end, USERS)) {
        const behind = ownersEnd(bytes, at, end, this.#owner, this.#takeOwner);
        if (behind < 0) this.#other.add(bytes, at, (at = tokenEnd(bytes, stop, end)));
        else at = behind;
      } else {
        const valueEnd = tokenEnd(bytes, stop + 1, end);
        const key = KEY_TABLE.find(bytes, at, stop);
        if (key < 0) this.#other.add(bytes, at, valueEnd);
        else if (key < LEFT_OUT_FROM) this.#readValue(key, bytes, stop + 1, valueEnd);
        at = valueEnd;
      }
    }
  }

  #takeOwner = (owner: Owner): void => {
    this.isOwned = true;
    if (this.#pid.isSet) return;
    this.#process.setBytes(this.#line, owner.nameStart, owner.nameEnd);
    this.#pid.set(owner.pid);
  };

  #readWord(bytes: Uint8Array, start: number, stop: number, end: number): number {
    const word = WORDS.find(bytes, start, stop);
    if (word < 0) this.#other.add(bytes, start, stop);
    else if (word < SHUTDOWNS.length) this.#shutdown.setBytes(bytes, start, stop);
    else if (word < RATES_FROM) this.#congestion.setBytes(bytes, start, stop);
    else if (word === FLAGS_FROM) this.#appLimited.set(1);
    else if (word < FLAGS_FROM) return this.#readRate(word - RATES_FROM, bytes, stop, end);
    return stop;
  }

  #readRate(index: number, bytes: Uint8Array, start: number, end: number): number {
    const from = skipBlanks(bytes, start, end);
    const to = tokenEnd(bytes, from, end);
    const column = this.#rates[index];
    if (column === undefined) return to;
    const slash = indexOfByte(bytes, SLASH, from, to);
    const rate = bitsPerSecond(bytes, from, slash < 0 ? to : slash);
    if (rate >= 0) column.set(rate);
    return to;
  }

  #readValue(key: number, bytes: Uint8Array, start: number, end: number): void {
    if (key < INT64_FROM) {
      const value = decimal32(bytes, start, end);
      if (value >= 0) this.#int32[key]!.set(value);
    } else if (key < FRACTION_FROM) {
      const value = decimal(bytes, start, end);
      if (value < 0) return;
      this.#int64[key - INT64_FROM]!.set(value);
      if (key === INODE && value > 0 && !this.#uid.isSet) this.#uid.set(0);
    } else if (key < DURATION_FROM) {
      const value = decimalFraction(bytes, start, end);
      if (value >= 0) this.#fraction[key - FRACTION_FROM]!.set(value);
    } else if (key < RTT) {
      this.#readDuration(key - DURATION_FROM, bytes, start, end);
    } else {
      this.#readSpecial(key, bytes, start, end);
    }
  }

  #readSpecial(key: number, bytes: Uint8Array, start: number, end: number): void {
    if (key === TIMER) this.#readTimer(bytes, start, end);
    else if (key === SKMEM || key === MEM) this.#readMemory(bytes, start, end);
    else if (key === CGROUP) this.#cgroup.setBytes(bytes, start, end);
    else if (key === RTT || key === RETRANS) {
      const slash = indexOfByte(bytes, SLASH, start, end);
      if (slash >= 0) this.#readPair(key, bytes, start, slash, end);
    }
  }

  #readPair(key: number, bytes: Uint8Array, start: number, slash: number, end: number): void {
    if (key === RTT) {
      const mean = decimalFraction(bytes, start, slash);
      const variation = decimalFraction(bytes, slash + 1, end);
      if (mean >= 0) this.#rtt.set(mean);
      if (variation >= 0) this.#rttvar.set(variation);
      return;
    }
    const now = decimal32(bytes, start, slash);
    const total = decimal(bytes, slash + 1, end);
    if (now >= 0) this.#retransNow.set(now);
    if (total >= 0) this.#retransTotal.set(total);
  }

  #readDuration(index: number, bytes: Uint8Array, start: number, end: number): void {
    const open = indexOfByte(bytes, OPEN, start, end);
    const stop = (open < 0 ? end : open) - 2;
    const value = stop > start ? decimal(bytes, start, stop) : -1;
    if (value >= 0) this.#duration[index]!.set(value);
  }

  /** `(NAME,TIME,RETRANSMISSIONS)`. */
  #readTimer(bytes: Uint8Array, start: number, end: number): void {
    const comma = indexOfByte(bytes, COMMA, start, end);
    const second = comma < 0 ? -1 : indexOfByte(bytes, COMMA, comma + 1, end);
    if (bytes[start] !== OPEN || second < 0 || bytes[end - 1] !== CLOSE) return;
    const time = timerMs(bytes, comma + 1, second);
    const retrans = decimal32(bytes, second + 1, end - 1);
    this.#timer.setBytes(bytes, start + 1, comma);
    if (time >= 0) this.#timerMs.set(time);
    if (retrans >= 0) this.#retrans.set(retrans);
  }

  #readMemory(bytes: Uint8Array, start: number, end: number): void {
    let at = start + 1;
    while (at < end) {
      let digits = at;
      while (digits < end && (bytes[digits]! < ZERO || bytes[digits]! > NINE)) digits++;
      let stop = digits;
      while (stop < end && bytes[stop]! >= ZERO && bytes[stop]! <= NINE) stop++;
      const part = MEMORY_TABLE.find(bytes, at, digits);
      const value = part < 0 ? -1 : decimal(bytes, digits, stop);
      if (value >= 0) this.#memory[part]!.set(value);
      at = stop + 1;
    }
  }
}

/** `118.2Mbps` (before iproute2 5.x) or `57920000000bps`; -1 when it is no rate. */
function bitsPerSecond(bytes: Uint8Array, start: number, end: number): number {
  let stop = end - 3;
  if (stop <= start) return -1;
  const unit = bytes[stop - 1];
  const scale = unit === LETTER_K ? 1e3 : unit === LETTER_M ? 1e6 : unit === LETTER_G ? 1e9 : 1;
  if (scale > 1) stop--;
  const value = decimalFraction(bytes, start, stop);
  return value < 0 ? -1 : Math.round(value * scale);
}
