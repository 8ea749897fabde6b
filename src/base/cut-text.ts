/**
 * Bytes of one value that are stored; what Apache takes for a request line and writes of an error message. DuckDB holds the
 * strings of 2,048 rows in memory at once, so that a value must have a limit; the whole line stays in the capture.
 */
export const MAX_TEXT_BYTES: number = 8192;

/** The head of a text that is too long, cut between characters, and how much of it is missing. */
export function cutText(source: Uint8Array, start: number, end: number): Uint8Array {
  let to = start + MAX_TEXT_BYTES;
  for (let i = 0; i < 3 && (source[to]! & 0xc0) === 0x80; i++) to--;
  return Buffer.concat([source.subarray(start, to), Buffer.from(` [… ${end - to} bytes cut]`)]);
}
