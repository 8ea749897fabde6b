import { ascii, decimal32, indexOfBytes, startsWith } from '../../base/bytes.ts';

const QUOTE = 34;
const COMMA = 44;
const OPEN = 40;
const CLOSE = 41;
const ZERO = 48;
const NINE = 57;
const PID = ascii('pid=');
const FD = ascii('fd=');

/** How the list of owners begins; the first owner follows: `users:(("apache2",pid=1,fd=4),("apache2",pid=2,fd=4))`. */
export const USERS: Uint8Array = ascii('users:(');

/**
 * One owner of a socket, read from `("name",pid=1,fd=4)`, or `("name",1,4)` before iproute2 3.14.
 * A name may hold blanks, quotes, parentheses and commas; it ends at the last place where a pid can follow.
 * One object is reused; the name is `bytes[nameStart, nameEnd)` of the line.
 */
export class Owner {
  nameStart = 0;
  nameEnd = 0;
  pid = 0;
  /** -1 when it is not printed. */
  fd = -1;

  /** Reads the owner at `start` (its parenthesis); returns the position behind it, or -1 when there is none. */
  read(bytes: Uint8Array, start: number, end: number): number {
    if (bytes[start] !== OPEN || bytes[start + 1] !== QUOTE || start + 2 >= end) return -1;
    this.nameStart = start + 2;
    for (let quote = this.nameStart; quote < end; quote++) {
      if (bytes[quote] !== QUOTE || bytes[quote + 1] !== COMMA) continue;
      const behind = this.#readNumbers(bytes, quote + 2, end);
      if (behind < 0) continue;
      this.nameEnd = quote;
      return behind;
    }
    return -1;
  }

  #readNumbers(bytes: Uint8Array, start: number, end: number): number {
    const from = startsWith(bytes, start, end, PID) ? start + PID.length : start;
    let at = digitsEnd(bytes, from, end);
    this.pid = decimal32(bytes, from, at);
    if (this.pid < 0 || at >= end) return -1;
    this.fd = -1;
    let close = at;
    while (close < end && bytes[close] !== CLOSE) close++;
    if (close === end) return -1;
    const labelled = indexOfBytes(bytes, FD, at, close);
    const fdFrom = labelled >= 0 ? labelled + FD.length : at + 1;
    if (fdFrom < close) {
      at = digitsEnd(bytes, fdFrom, close);
      this.fd = decimal32(bytes, fdFrom, at);
    }
    return close + 1;
  }
}

/** Position behind the list of owners at `start` (its `users:(`), or -1 when it is none. */
export function ownersEnd(
  bytes: Uint8Array,
  start: number,
  end: number,
  owner: Owner,
  take: (owner: Owner) => void,
): number {
  let at = start + USERS.length;
  for (;;) {
    at = owner.read(bytes, at, end);
    if (at < 0) return -1;
    take(owner);
    if (bytes[at] === CLOSE && at < end) return at + 1;
    if (bytes[at] !== COMMA || at >= end) return -1;
    at++;
  }
}

function digitsEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at]! >= ZERO && bytes[at]! <= NINE) at++;
  return at;
}
