import type { TextColumn } from './table-builder.ts';
import { unescaped } from './unescape.ts';

const QUOTE = 34;
const BACKSLASH = 92;
/** Shorter than the longest text a column takes: a JSON text that is cut is none. */
const MAX_BYTES = 8000;
const LONGEST_ESCAPE = 6;
const CUT = new TextEncoder().encode('…"');
const HEX = new TextEncoder().encode('0123456789abcdef');

/** The column for what has none of its own: a JSON object, from directive or key to value as text. */
export class ExtraColumn {
  readonly #column: TextColumn;
  readonly #bytes: Uint8Array<ArrayBuffer> = new Uint8Array(MAX_BYTES + 64);
  #length = 0;

  constructor(column: TextColumn) {
    this.#column = column;
  }

  /** Forgets what was added since the last row. */
  begin(): void {
    this.#length = 0;
  }

  /** Adds a value as logged, escapes undone; `name` is `jsonText` of its name. A value too long is cut, at `…`. */
  add(name: Uint8Array, bytes: Uint8Array, start: number, end: number): void {
    const to = this.#bytes;
    let at = this.#length;
    if (at + name.length + 16 > MAX_BYTES) return;
    to[at++] = at === 1 ? 123 : 44;
    to.set(name, at);
    at += name.length;
    to[at++] = 58;
    to[at++] = QUOTE;
    const plain = unescaped(bytes, start, end) ?? bytes.subarray(start, end);
    for (let i = 0; i < plain.length; i++) {
      if (at + LONGEST_ESCAPE + CUT.length > MAX_BYTES) {
        while ((plain[i]! & 0xc0) === 0x80 && i > 0) {
          i--;
          at--;
        }
        to.set(CUT, at);
        this.#length = at + CUT.length;
        return;
      }
      at = putByte(to, at, plain[i]!);
    }
    to[at++] = QUOTE;
    this.#length = at;
  }

  /** Sets the column of the row that is about to be closed. */
  finish(): void {
    if (this.#length === 0) return;
    this.#bytes[this.#length++] = 125;
    this.#column.setBytes(this.#bytes, 0, this.#length);
    this.#length = 0;
  }
}

/** A name as it stands in a JSON text. */
export function jsonText(name: string): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(name));
}

function putByte(to: Uint8Array, at: number, byte: number): number {
  if (byte === QUOTE || byte === BACKSLASH) {
    to[at] = BACKSLASH;
    to[at + 1] = byte;
    return at + 2;
  }
  if (byte >= 32) {
    to[at] = byte;
    return at + 1;
  }
  to.set([BACKSLASH, 117, 48, 48, HEX[byte >> 4]!, HEX[byte & 15]!], at);
  return at + LONGEST_ESCAPE;
}
