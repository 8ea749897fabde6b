import { hexDigit } from '../../base/bytes.ts';
import type { TextColumn } from '../../base/table-builder.ts';

const BACKSLASH = 92;
const QUOTE = 34;
const LOWER_X = 120;
const TAB = 9;
const DELETE = 127;
/** What Apache writes after a backslash, and the byte it stands for. */
const LETTERS: ReadonlyMap<number, number> = new Map([
  [98, 8],
  [110, 10],
  [114, 13],
  [116, TAB],
  [118, 11],
  [BACKSLASH, BACKSLASH],
  [QUOTE, QUOTE],
]);

/**
 * Sets a column to a field with backslash escapes (`\"`, `\\`, `\t`, `\xhh`), undone. Where that would give control
 * characters or no valid UTF-8, the field stays as the log has it: bytes of an attack do not belong on a screen.
 */
export function setUnescaped(column: TextColumn, bytes: Uint8Array, start: number, end: number): void {
  const plain = new Uint8Array(end - start);
  let length = 0;
  for (let i = start; i < end; ) {
    const byte = bytes[i]!;
    if (byte !== BACKSLASH || i + 1 === end) {
      plain[length++] = byte;
      i++;
      continue;
    }
    const letter = bytes[i + 1]!;
    const code = letter === LOWER_X && i + 3 < end ? hexByte(bytes, i + 2) : (LETTERS.get(letter) ?? -1);
    plain[length++] = code < 0 ? BACKSLASH : code;
    i += code < 0 ? 1 : letter === LOWER_X ? 4 : 2;
  }
  if (isPrintable(plain, length)) column.setBytes(plain, 0, length);
  else column.setBytes(bytes, start, end);
}

function hexByte(bytes: Uint8Array, at: number): number {
  const high = hexDigit(bytes[at]!);
  const low = hexDigit(bytes[at + 1]!);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
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
