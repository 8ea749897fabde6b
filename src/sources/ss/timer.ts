const ZERO = 48;
const NINE = 57;
const DOT = 46;
const LOWER_M = 109;
const LOWER_I = 105;
const LOWER_S = 115;

/**
 * Milliseconds of a time as ss prints it in `timer:(…)`: `46sec`, `1min2sec`, `119min`, `200ms`, nothing for 0.
 * Before iproute2 6.11 seconds with a fraction carry the wrong unit: `1.128ms` is 1.128 seconds (now `1.128sec`), so a
 * number with a point is always seconds. -1 when it is no time.
 */
export function timerMs(bytes: Uint8Array, start: number, end: number): number {
  let total = 0;
  let at = start;
  while (at < end) {
    let whole = 0;
    let fraction = 0;
    let scale = 1;
    let digits = 0;
    for (; at < end && isDigit(bytes[at]!); at++, digits++) whole = whole * 10 + bytes[at]! - ZERO;
    if (digits === 0 || digits > 9) return -1;
    const pointed = bytes[at] === DOT && at < end;
    if (pointed) {
      for (at++; at < end && isDigit(bytes[at]!) && scale < 1e9; at++, scale *= 10)
        fraction = fraction * 10 + bytes[at]! - ZERO;
    }
    const unitAt = at;
    while (at < end && !isDigit(bytes[at]!)) at++;
    const unit = unitMs(bytes, unitAt, at);
    if (unit < 0) return -1;
    total += pointed ? whole * 1000 + Math.round((fraction * 1000) / scale) : whole * unit;
  }
  return total;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE;
}

function unitMs(bytes: Uint8Array, start: number, end: number): number {
  if (end - start === 2 && bytes[start] === LOWER_M && bytes[start + 1] === LOWER_S) return 1;
  if (end - start !== 3) return -1;
  if (bytes[start] === LOWER_S) return 1000;
  return bytes[start] === LOWER_M && bytes[start + 1] === LOWER_I ? 60_000 : -1;
}
