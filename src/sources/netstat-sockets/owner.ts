import {
  ascii,
  decimal,
  decimal32,
  decimalFraction,
  equals,
  indexOfByte,
  indexOfBytes,
  lastIndexOfByte,
  skipBlanks,
  tokenEnd,
  trimmedEnd,
} from '../../base/bytes.ts';
import type { Int64Column, NumberColumn, TableBuilder, TextColumn } from '../../base/table-builder.ts';
import { TokenTable } from '../../base/token-table.ts';
import type { OtherTokens } from '../ss/other-tokens.ts';

const SPACE = 32;
const OPEN = 40;
const CLOSE = 41;
const SLASH = 47;
const MINUS = 45;
const ROOT = ascii('root');
const USER = ascii(' User ');
const PROGRAM = ascii(' PID/Program');
const TIMER = ascii(' Timer');
/** What netstat calls a timer, and ss; `off` is none, `unkn-4` is from before net-tools 2.10. */
const TIMERS = [
  ['off', ''],
  ['on', 'on'],
  ['keepalive', 'keepalive'],
  ['timewait', 'timewait'],
  ['probe', 'persist'],
  ['unkn-4', 'persist'],
] as const;
const TIMER_NAMES: TokenTable = new TokenTable(TIMERS.map(([name]) => name));

/** Reads what follows the state: user and inode (-e), owner (-p), timer (-o), as far as the header names them. */
export class Owner {
  readonly #uid: NumberColumn;
  readonly #inode: Int64Column;
  readonly #process: TextColumn;
  readonly #pid: NumberColumn;
  readonly #timer: TextColumn;
  readonly #timerMs: Int64Column;
  readonly #retrans: NumberColumn;
  readonly #other: OtherTokens;
  #hasUser = true;
  #hasProgram = true;
  #hasTimer = true;
  #isTold = false;

  constructor(table: TableBuilder, other: OtherTokens) {
    this.#uid = table.number('uid');
    this.#inode = table.int64('inode');
    this.#process = table.text('process');
    this.#pid = table.number('pid');
    this.#timer = table.text('timer');
    this.#timerMs = table.int64('timer_ms');
    this.#retrans = table.number('retrans');
    this.#other = other;
  }

  /** Takes from the header which columns there are; before one every shape is tried. */
  readHeader(bytes: Uint8Array, start: number, end: number): void {
    const has = (title: Uint8Array): boolean => indexOfBytes(bytes, title, start, end) >= 0;
    this.#isTold = true;
    this.#hasUser = has(USER);
    this.#hasProgram = has(PROGRAM);
    this.#hasTimer = has(TIMER);
  }

  /** Sets columns of the current row from `bytes[start, end)`; what fits no column is kept as printed. */
  read(bytes: Uint8Array, start: number, end: number): void {
    let stop = trimmedEnd(bytes, start, end);
    if (this.#hasTimer) stop = this.#readTimer(bytes, start, stop);
    let at = start;
    if (this.#hasUser) at = this.#readUser(bytes, at, stop);
    if (this.#hasProgram) at = this.#readProgram(bytes, at, stop);
    if (at < stop) this.#other.add(bytes, at, stop);
  }

  /** `33  77905` or `www-data  77905`; returns where the rest begins. */
  #readUser(bytes: Uint8Array, start: number, end: number): number {
    const userEnd = tokenEnd(bytes, start, end);
    const from = skipBlanks(bytes, userEnd, end);
    const to = tokenEnd(bytes, from, end);
    const inode = decimal(bytes, from, to);
    if (inode < 0 || (!this.#isTold && programSlash(bytes, start, userEnd) >= 0)) return start;
    const uid = equals(bytes, start, userEnd, ROOT) ? 0 : decimal32(bytes, start, userEnd);
    this.#inode.set(inode);
    if (uid > 0 || (uid === 0 && inode > 0)) this.#uid.set(uid);
    else if (uid < 0) this.#other.add(bytes, start, userEnd);
    return skipBlanks(bytes, to, end);
  }

  /** `811/apache2`, `977/tmux: server`, or `-` when nobody is known. */
  #readProgram(bytes: Uint8Array, start: number, end: number): number {
    if (end - start === 1 && bytes[start] === MINUS) return end;
    const slash = programSlash(bytes, start, end);
    if (slash < 0) return start;
    this.#pid.set(decimal32(bytes, start, slash));
    this.#process.setBytes(bytes, slash + 1, end);
    return end;
  }

  /** `on (0.97/1/0)`: seconds left, retransmissions, probes; returns where it begins, or `end` when there is none. */
  #readTimer(bytes: Uint8Array, start: number, end: number): number {
    const open = bytes[end - 1] === CLOSE ? lastIndexOfByte(bytes, OPEN, start, end) : -1;
    const first = open < 0 ? -1 : indexOfByte(bytes, SLASH, open, end);
    if (first < 0) return end;
    const second = indexOfByte(bytes, SLASH, first + 1, end);
    const seconds = decimalFraction(bytes, open + 1, first);
    const retransmissions = decimal32(bytes, first + 1, second < 0 ? end - 1 : second);
    const probes = second < 0 ? 0 : decimal32(bytes, second + 1, end - 1);
    if (seconds < 0 || retransmissions < 0 || probes < 0) return end;
    const nameEnd = trimmedEnd(bytes, start, open);
    let nameStart = nameEnd;
    while (nameStart > start && bytes[nameStart - 1]! > SPACE) nameStart--;
    const known = TIMERS[TIMER_NAMES.find(bytes, nameStart, nameEnd)];
    const name = known === undefined ? 'unknown' : known[1];
    if (name !== '') {
      this.#timer.setText(name);
      this.#timerMs.set(Math.round(seconds * 1000));
      this.#retrans.set(name === 'on' ? retransmissions : probes);
    }
    return trimmedEnd(bytes, start, nameStart);
  }
}

/** Place of the slash in `811/apache2` at `start`, or -1 when no number stands before it. */
function programSlash(bytes: Uint8Array, start: number, end: number): number {
  const slash = indexOfByte(bytes, SLASH, start, tokenEnd(bytes, start, end));
  return slash < 0 || decimal32(bytes, start, slash) < 0 ? -1 : slash;
}
