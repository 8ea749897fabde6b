const DOT = 46;
const MINUS = 45;
const PLUS = 43;
const UNDERSCORE = 95;
const ZERO = 48;
const NINE = 57;
const LOWER = 32;
const LETTER_A = 97;
const LETTER_Z = 122;

/** Whether `bytes[start, end)` can be the name of a host or a service: letters, digits, `.-_+`, and at least one letter. */
export function isName(bytes: Uint8Array, start: number, end: number): boolean {
  let letters = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte >= ZERO && byte <= NINE) continue;
    if (byte === DOT || byte === MINUS || byte === UNDERSCORE || byte === PLUS) continue;
    const letter = byte | LOWER;
    if (letter < LETTER_A || letter > LETTER_Z) return false;
    letters++;
  }
  return letters > 0;
}
