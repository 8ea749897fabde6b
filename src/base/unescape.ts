import { hexDigit, indexOfByte } from './bytes.ts';
import type { TextColumn } from './table-builder.ts';

const BACKSLASH = 92;
const QUOTE = 34;
const SLASH = 47;
const LOWER_U = 117;
const LOWER_X = 120;
const TAB = 9;
const DELETE = 127;
/** What Apache, or a writer of JSON, puts after a backslash, and the byte it stands for. */
const LETTERS: ReadonlyMap<number, number> = new Map([
  [98, 8],
  [102, 12],
  [110, 10],
  [114, 13],
  [116, TAB],
  [118, 11],
  [SLASH, SLASH],
  [BACKSLASH, BACKSLASH],
  [QUOTE, QUOTE],
]);

/** Sets a column to a field that may hold escapes. */
export function setEscaped(column: TextColumn, bytes: Uint8Array, start: number, end: number): void {
  const plain = unescaped(bytes, start, end);
  if (plain === null) column.setBytes(bytes, start, end);
  else column.setBytes(plain, 0, plain.length);
}

/**
 * A field with backslash escapes (`\"`, `\\`, `\t`, `\xhh`; in JSON `\uhhhh`) undone; null where it has none. Where that
 * would give control characters or no valid UTF-8, null too, so that the field stays as the log has it: bytes of an
 * attack do not belong on a screen.
 */
export function unescaped(bytes: Uint8Array, start: number, end: number): Uint8Array | null {
  if (indexOfByte(bytes, BACKSLASH, start, end) < 0) return null;
  const plain = new Uint8Array(end - start);
  let length = 0;
  for (let i = start; i < end; ) {
    const letter = bytes[i] === BACKSLASH && i + 1 < end ? bytes[i + 1]! : -1;
    if (letter < 0) {
      plain[length++] = bytes[i++]!;
      continue;
    }
    if (letter === LOWER_U && i + 6 <= end && hexByte(bytes, i + 2) >= 0 && hexByte(bytes, i + 4) >= 0) {
      let to = i;
      while (to + 6 <= end && bytes[to] === BACKSLASH && bytes[to + 1] === LOWER_U && hexByte(bytes, to + 2) >= 0)
        to += 6;
      const text = utf16(bytes, i, to);
      plain.set(text, length);
      length += text.length;
      i = to;
      continue;
    }
    const code = letter === LOWER_X && i + 3 < end ? hexByte(bytes, i + 2) : (LETTERS.get(letter) ?? -1);
    plain[length++] = code < 0 ? BACKSLASH : code;
    i += code < 0 ? 1 : letter === LOWER_X ? 4 : 2;
  }
  return isPrintable(plain, length) ? plain.subarray(0, length) : null;
}

function hexByte(bytes: Uint8Array, at: number): number {
  const high = hexDigit(bytes[at]!);
  const low = hexDigit(bytes[at + 1]!);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/** A run of `\uhhhh`; three bytes of UTF-8 at most for the six of each. */
function utf16(bytes: Uint8Array, start: number, end: number): Uint8Array {
  let text = '';
  for (let i = start; i < end; i += 6) text += String.fromCharCode(hexByte(bytes, i + 2) * 256 + hexByte(bytes, i + 4));
  return new TextEncoder().encode(text);
}

function isPrintable(bytes: Uint8Array, length: number): boolean {
  for (let i = 0; i < length; i++) {
    const byte = bytes[i]!;
    if ((byte < 32 && byte !== TAB) || byte === DELETE) return false;
  }
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, length));
    return true;
  } catch {
    return false;
  }
}
