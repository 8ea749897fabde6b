const INITIAL_SLOTS = 1024;

/**
 * Distinct byte strings of one column of one batch, in order of first sight, laid out as Arrow's Utf8 values.
 * Codes are dense from 0. Open addressing over an FNV-1a hash; nothing is allocated per value.
 */
export class HashDictionary {
  /** UTF-8 bytes of all entries, back to back; valid up to `offsets[size]`. */
  bytes: Uint8Array<ArrayBuffer> = new Uint8Array(4096);
  /** `size + 1` positions into `bytes`. */
  offsets: Int32Array<ArrayBuffer> = new Int32Array(257);
  size = 0;
  #slots = new Int32Array(INITIAL_SLOTS);
  #hashes = new Int32Array(256);
  #texts = new Map<string, number>();
  #last = -1;

  /** Code of `source[start, end)`; the bytes are copied when they are new. */
  code(source: Uint8Array, start: number, end: number): number {
    if (this.#last >= 0 && this.#equals(this.#last, source, start, end)) return this.#last;
    let hash = 0x811c9dc5 | 0;
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ source[i]!, 0x01000193);
    hash ^= hash >>> 15;
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const code = this.#slots[slot]! - 1;
      if (code < 0) break;
      if (this.#hashes[code] === hash && this.#equals(code, source, start, end)) {
        this.#last = code;
        return code;
      }
      slot = (slot + 1) & mask;
    }
    const code = this.#add(source, start, end, hash);
    this.#slots[slot] = code + 1;
    if (this.size * 2 > this.#slots.length) this.#rehash();
    this.#last = code;
    return code;
  }

  /** Code of a text made by us (a state, a name); meant for few distinct values. */
  codeOfText(text: string): number {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    const encoded = new TextEncoder().encode(text);
    const code = this.code(encoded, 0, encoded.length);
    if (this.#texts.size < 4096) this.#texts.set(text, code);
    return code;
  }

  #equals(code: number, source: Uint8Array, start: number, end: number): boolean {
    const from = this.offsets[code]!;
    if (this.offsets[code + 1]! - from !== end - start) return false;
    const bytes = this.bytes;
    for (let i = start, j = from; i < end; i++, j++) if (bytes[j] !== source[i]) return false;
    return true;
  }

  #add(source: Uint8Array, start: number, end: number, hash: number): number {
    const code = this.size++;
    if (code + 2 > this.offsets.length) {
      this.offsets = grow(this.offsets, new Int32Array(this.offsets.length * 2));
      this.#hashes = grow(this.#hashes, new Int32Array(this.#hashes.length * 2));
    }
    const from = this.offsets[code]!;
    const to = from + end - start;
    if (to > this.bytes.length) this.bytes = grow(this.bytes, new Uint8Array(Math.max(this.bytes.length * 2, to)));
    this.bytes.set(source.subarray(start, end), from);
    this.offsets[code + 1] = to;
    this.#hashes[code] = hash;
    return code;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let code = 0; code < this.size; code++) {
      let slot = this.#hashes[code]! & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = code + 1;
    }
    this.#slots = slots;
  }
}

function grow<A extends Int32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>>(from: A, to: A): A {
  to.set(from);
  return to;
}
