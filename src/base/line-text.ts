import type { TextColumn } from './table-builder.ts';

/** The bytes as text, one character a byte, so that positions in it are positions in the line. For small members. */
export function lineText(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
}

/** Sets a column to a piece of a `lineText`: to the bytes it was made of. */
export function setLineText(column: TextColumn, text: string): void {
  const bytes = Buffer.from(text, 'latin1');
  column.setBytes(bytes, 0, bytes.length);
}
