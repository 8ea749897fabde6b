import type { Texts } from './batch.ts';

/** Entries a dictionary begins with room for. */
const FIRST_ENTRIES = 64;
const SMALL_ENTRIES = 256;
const SMALL_BYTES = 16_384;
/** A larger one serves on where a batch has about as many rows as it has entries: names that every sample prints. */
const NAMES_ENTRIES = 2048;
const NAMES_BYTES = 65_536;
const MOST_BYTES_KEPT = 4 * 2 ** 20;
/** Lower bits of a slot: room for a million entries, far more than a batch has rows. */
const CODE_BITS = 0x000fffff;
const TAG_BITS = 0xfff00000 | 0;
/** Texts of ours that are remembered by identity. */
const MOST_TEXTS = 4096;
const ENCODER = new TextEncoder();

/**
 * Distinct byte strings of one column, in order of first sight, laid out as Arrow's Utf8 values.
 * Codes are dense from 0. Open addressing; nothing is allocated per value.
 */
export class HashDictionary {
  /** UTF-8 bytes of all entries, back to back; valid up to `offsets[size]`. */
  bytes: Uint8Array<ArrayBuffer> = new Uint8Array(FIRST_ENTRIES * 16);
  /** `size + 1` positions into `bytes`. */
  offsets: Int32Array<ArrayBuffer> = new Int32Array(FIRST_ENTRIES + 1);
  size = 0;
  /** Code + 1 in the lower bits, bits of the hash above; 0 is a free slot. One word a slot keeps the table in the cache. */
  #slots: Int32Array<ArrayBuffer> = new Int32Array(FIRST_ENTRIES * 4);
  #mask: number = FIRST_ENTRIES * 4 - 1;
  #texts = new Map<string, number>();
  #last = -1;
  #lastText = '';
  #lastTextCode = -1;

  /** The entries, as views that hold until the next is added. */
  texts(): Texts {
    const { size } = this;
    return {
      size,
      offsets: this.offsets.subarray(0, size + 1),
      bytes: this.bytes.subarray(0, this.offsets[size]),
    };
  }

  /** Whether it should serve further batches, after one of so many rows: entries they do not use cost little. */
  isWorthKeeping(rows: number): boolean {
    const { size, byteLength } = this;
    if (size <= SMALL_ENTRIES && byteLength <= SMALL_BYTES) return true;
    return size <= rows * 2 && size <= NAMES_ENTRIES && byteLength <= NAMES_BYTES;
  }

  /** Forgets all entries and keeps the room, but for that of a flood of long texts. */
  reset(): void {
    this.size = 0;
    if (this.bytes.length > MOST_BYTES_KEPT) this.bytes = new Uint8Array(FIRST_ENTRIES * 16);
    this.#slots.fill(0);
    this.#texts.clear();
    this.#last = -1;
    this.#lastTextCode = -1;
  }

  /** Bytes of all entries together. */
  get byteLength(): number {
    return this.offsets[this.size]!;
  }

  /** Code of `source[start, end)`; the bytes are copied when they are new. */
  code(source: Uint8Array, start: number, end: number): number {
    if (this.#last >= 0 && this.#equals(this.#last, source, start, end)) return this.#last;
    const hash = hashOf(source, start, end);
    const slots = this.#slots;
    const mask = this.#mask;
    const tag = hash & TAG_BITS;
    let slot = (hash >>> 8) & mask;
    for (;;) {
      const found = slots[slot]!;
      if (found === 0) break;
      if ((found & TAG_BITS) === tag) {
        const code = (found & CODE_BITS) - 1;
        if (this.#equals(code, source, start, end)) {
          this.#last = code;
          return code;
        }
      }
      slot = (slot + 1) & mask;
    }
    const code = this.#add(source, start, end);
    slots[slot] = tag | (code + 1);
    if (this.size * 2 > mask) this.#rehash();
    this.#last = code;
    return code;
  }

  /** A code of its own for `source[start, end)`, whatever is there already: for values that hardly ever repeat. */
  add(source: Uint8Array, start: number, end: number): number {
    return this.#add(source, start, end);
  }

  /** Code of a text made by us (a state, a name); meant for few distinct values. */
  codeOfText(text: string): number {
    if (text === this.#lastText && this.#lastTextCode >= 0) return this.#lastTextCode;
    let code = this.#texts.get(text);
    if (code === undefined) {
      const encoded = ENCODER.encode(text);
      code = this.code(encoded, 0, encoded.length);
      if (this.#texts.size < MOST_TEXTS) this.#texts.set(text, code);
    }
    this.#lastText = text;
    this.#lastTextCode = code;
    return code;
  }

  #equals(code: number, source: Uint8Array, start: number, end: number): boolean {
    const from = this.offsets[code]!;
    if (this.offsets[code + 1]! - from !== end - start) return false;
    const bytes = this.bytes;
    for (let i = start, j = from; i < end; i++, j++) if (bytes[j] !== source[i]) return false;
    return true;
  }

  #add(source: Uint8Array, start: number, end: number): number {
    const code = this.size++;
    if (code + 2 > this.offsets.length) this.offsets = grow(this.offsets, new Int32Array(this.offsets.length * 2));
    const from = this.offsets[code]!;
    const to = from + end - start;
    if (to > this.bytes.length) this.bytes = grow(this.bytes, new Uint8Array(Math.max(this.bytes.length * 2, to)));
    const bytes = this.bytes;
    for (let i = start, j = from; i < end; i++, j++) bytes[j] = source[i]!;
    this.offsets[code + 1] = to;
    return code;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 4);
    const mask = slots.length - 1;
    for (let code = 0; code < this.size; code++) {
      const hash = hashOf(this.bytes, this.offsets[code]!, this.offsets[code + 1]!);
      let slot = (hash >>> 8) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = (hash & TAG_BITS) | (code + 1);
    }
    this.#slots = slots;
    this.#mask = mask;
  }
}

function grow<A extends Int32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>>(from: A, to: A): A {
  to.set(from);
  return to;
}

/** A hash of the bytes, four at a time: a multiplication a byte is what costs. */
function hashOf(source: Uint8Array, start: number, end: number): number {
  let hash = end - start;
  let i = start;
  for (const last = end - 3; i < last; i += 4) {
    const word = source[i]! | (source[i + 1]! << 8) | (source[i + 2]! << 16) | (source[i + 3]! << 24);
    hash = Math.imul(hash ^ word, 0x85ebca6b);
    hash ^= hash >>> 13;
  }
  for (; i < end; i++) hash = Math.imul(hash ^ source[i]!, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35 | 0);
  return hash ^ (hash >>> 16);
}
