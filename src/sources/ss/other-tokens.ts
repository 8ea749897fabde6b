import type { TextColumn } from '../../base/table-builder.ts';

const SPACE = 32;
const MOST_BYTES = 1024;

/** Gathers what no column holds, over the lines of a row: tokens as printed, with a blank between them. */
export class OtherTokens {
  readonly #column: TextColumn;
  readonly #text: Uint8Array<ArrayBuffer> = new Uint8Array(MOST_BYTES);
  #length = 0;

  constructor(column: TextColumn) {
    this.#column = column;
  }

  /** Adds the token `bytes[start, end)`; what comes after a kilobyte is dropped. */
  add(bytes: Uint8Array, start: number, end: number): void {
    const from = this.#length === 0 ? 0 : this.#length + 1;
    if (from + end - start > MOST_BYTES) return;
    if (from > 0) this.#text[from - 1] = SPACE;
    for (let at = start; at < end; at++) this.#text[from + at - start] = bytes[at]!;
    this.#length = from + end - start;
  }

  /** Sets the column of the current row, if there was anything, and begins anew. */
  close(): void {
    if (this.#length === 0) return;
    this.#column.setBytes(this.#text, 0, this.#length);
    this.#length = 0;
  }

  /** Forgets the tokens of a row that is given up. */
  drop(): void {
    this.#length = 0;
  }
}
