import { ascii, equals } from './bytes.ts';

/** A fixed set of ASCII words, looked up by bytes without making a string. */
export class TokenTable {
  readonly #words: readonly Uint8Array[];
  readonly #slots: Int16Array<ArrayBuffer>;
  readonly #mask: number;

  constructor(words: readonly string[]) {
    this.#words = words.map(ascii);
    let size = 16;
    while (size < words.length * 4) size *= 2;
    this.#mask = size - 1;
    this.#slots = new Int16Array(size).fill(-1);
    for (const [index, word] of this.#words.entries()) {
      let slot = hash(word, 0, word.length) & this.#mask;
      while (this.#slots[slot]! >= 0) slot = (slot + 1) & this.#mask;
      this.#slots[slot] = index;
    }
  }

  /** Index of the word that fills `bytes[start, end)` in the list given, or -1. */
  find(bytes: Uint8Array, start: number, end: number): number {
    let slot = hash(bytes, start, end) & this.#mask;
    for (;;) {
      const index = this.#slots[slot]!;
      if (index < 0) return -1;
      if (equals(bytes, start, end, this.#words[index]!)) return index;
      slot = (slot + 1) & this.#mask;
    }
  }
}

function hash(bytes: Uint8Array, start: number, end: number): number {
  let value = end - start;
  for (let i = start; i < end; i++) value = Math.imul(value, 31) ^ bytes[i]!;
  return value ^ (value >>> 7);
}
