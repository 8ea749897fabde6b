const SPACE = 32;
const TAB = 9;
const ZERO = 48;
const DOT = 46;
const MINUS = 45;

/** Largest value a 64-bit column takes: numbers from here on do not fit and count as unreadable. */
const TOO_BIG = 2 ** 63;
/** Largest value of an INTEGER column. */
export const MAX_INT32: number = 2_147_483_647;

/** The bytes of an ASCII text, to compare lines with; make them once, outside the hot path. */
export function ascii(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** Whether `bytes[start, end)` is exactly `constant`. */
export function equals(bytes: Uint8Array, start: number, end: number, constant: Uint8Array): boolean {
  if (end - start !== constant.length) return false;
  for (let i = 0; i < constant.length; i++) if (bytes[start + i] !== constant[i]) return false;
  return true;
}

/** Whether `bytes[start, end)` begins with `constant`. */
export function startsWith(bytes: Uint8Array, start: number, end: number, constant: Uint8Array): boolean {
  return end - start >= constant.length && equals(bytes, start, start + constant.length, constant);
}

/** Position of `byte` in `bytes[start, end)`, or -1. */
export function indexOfByte(bytes: Uint8Array, byte: number, start: number, end: number): number {
  for (let i = start; i < end; i++) if (bytes[i] === byte) return i;
  return -1;
}

/** Last position of `byte` in `bytes[start, end)`, or -1. */
export function lastIndexOfByte(bytes: Uint8Array, byte: number, start: number, end: number): number {
  for (let i = end - 1; i >= start; i--) if (bytes[i] === byte) return i;
  return -1;
}

/** First position of `constant` in `bytes[start, end)`, or -1. */
export function indexOfBytes(bytes: Uint8Array, constant: Uint8Array, start: number, end: number): number {
  const first = constant[0];
  if (first === undefined) return start;
  for (let i = start; i <= end - constant.length; i++) {
    if (bytes[i] === first && equals(bytes, i, i + constant.length, constant)) return i;
  }
  return -1;
}

/** Position of the first byte of `bytes[start, end)` that is no space or tab; `end` when there is none. */
export function skipBlanks(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && (bytes[at] === SPACE || bytes[at] === TAB)) at++;
  return at;
}

/** End of the token that begins at `start`: the next space or tab, or `end`. */
export function tokenEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at] !== SPACE && bytes[at] !== TAB) at++;
  return at;
}

/** End of `bytes[start, end)` without trailing spaces and tabs. */
export function trimmedEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = end;
  while (at > start && (bytes[at - 1] === SPACE || bytes[at - 1] === TAB)) at--;
  return at;
}

/** The unsigned decimal integer that fills `bytes[start, end)`; -1 when it is none or does not fit 64 bits signed. */
export function decimal(bytes: Uint8Array, start: number, end: number): number {
  if (start >= end) return -1;
  if (end - start > 9) return longDecimal(bytes, start, end);
  let value = 0;
  for (let i = start; i < end; i++) {
    const digit = bytes[i]! - ZERO;
    if (digit < 0 || digit > 9) return -1;
    value = (value * 10 + digit) | 0;
  }
  return value;
}

function longDecimal(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let i = start; i < end; i++) {
    const digit = bytes[i]! - ZERO;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value >= TOO_BIG ? -1 : value;
}

/** As `decimal`, but -1 above `MAX_INT32`: for INTEGER columns. */
export function decimal32(bytes: Uint8Array, start: number, end: number): number {
  const value = decimal(bytes, start, end);
  return value > MAX_INT32 ? -1 : value;
}

/** As `decimal`, with an optional minus sign; NaN when it is no integer or does not fit. */
export function signedDecimal(bytes: Uint8Array, start: number, end: number): number {
  const negative = start < end && bytes[start] === MINUS;
  const value = decimal(bytes, negative ? start + 1 : start, end);
  if (value < 0) return Number.NaN;
  return negative ? -value : value;
}

/** The unsigned number with at most one decimal point (`204`, `0.98`, `.5`) that fills `bytes[start, end)`; -1 when it is none. */
export function decimalFraction(bytes: Uint8Array, start: number, end: number): number {
  const dot = indexOfByte(bytes, DOT, start, end);
  if (dot < 0) return decimal(bytes, start, end);
  const whole = dot === start ? 0 : decimal(bytes, start, dot);
  if (dot + 1 === end) return dot === start ? -1 : whole;
  const places = Math.min(end - dot - 1, 15);
  const fraction = decimal(bytes, dot + 1, dot + 1 + places);
  if (whole < 0 || fraction < 0) return -1;
  for (let i = dot + 1 + places; i < end; i++) if (bytes[i]! < ZERO || bytes[i]! > ZERO + 9) return -1;
  const scale = 10 ** places;
  const scaled = whole * scale + fraction;
  return scaled <= Number.MAX_SAFE_INTEGER ? scaled / scale : whole + fraction / scale;
}

/** Value of an ASCII hexadecimal digit, or -1. */
export function hexDigit(byte: number): number {
  if (byte >= ZERO && byte <= ZERO + 9) return byte - ZERO;
  const letter = byte | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

/** The unsigned hexadecimal integer (no `0x`) that fills `bytes[start, end)`; -1 when it is none or does not fit 64 bits signed. */
export function hexadecimal(bytes: Uint8Array, start: number, end: number): number {
  if (start >= end) return -1;
  let value = 0;
  for (let i = start; i < end; i++) {
    const digit = hexDigit(bytes[i]!);
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value >= TOO_BIG ? -1 : value;
}
