import type { TextColumn } from './table-builder.ts';

/** Works on any array of bytes; a Buffer around each line would cost more than the text. */
const latin1Slice = Buffer.prototype.latin1Slice as (this: Uint8Array, start: number, end: number) => string;

/** The bytes as text, one character a byte, so that positions in it are positions in the line. For small members. */
export function lineText(bytes: Uint8Array, start: number, end: number): string {
  return latin1Slice.call(bytes, start, end);
}

/** Sets a column to a piece of a `lineText`: to the bytes it was made of. */
export function setLineText(column: TextColumn, text: string): void {
  const bytes = Buffer.from(text, 'latin1');
  column.setBytes(bytes, 0, bytes.length);
}
