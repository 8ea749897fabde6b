import { indexOfByte } from '../../base/bytes.ts';
import type { TextColumn } from '../../base/table-builder.ts';

const TAB = 9;
const SPACE = 32;

/** Sets a value as it is, the tabs of a vector as one space. */
export function setSpaced(column: TextColumn, bytes: Uint8Array, start: number, end: number): void {
  if (indexOfByte(bytes, TAB, start, end) < 0) {
    column.setBytes(bytes, start, end);
    return;
  }
  const spaced = new Uint8Array(end - start);
  let length = 0;
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    if (byte !== TAB) spaced[length++] = byte;
    else if (length > 0 && spaced[length - 1] !== SPACE) spaced[length++] = SPACE;
  }
  column.setBytes(spaced, 0, length);
}
