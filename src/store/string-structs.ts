import duckdb from '@duckdb/node-bindings';
import type { Texts } from '../base/batch.ts';
import { wellFormedUtf8 } from '../base/utf8.ts';

const INLINE_BYTES = 12;

/**
 * Turns the entries of Arrow dictionaries into DuckDB's own 16-byte string structs: a length, then up to twelve bytes of
 * text in place, or four bytes of it and a pointer. A column of codes becomes a column of strings by copying structs
 * instead of making a string a row. The pointers lead into one vector that this object owns and uses again: what `place`
 * returned is good until the next call.
 */
export class StringStructs {
  readonly #chunk: duckdb.DataChunk = duckdb.create_data_chunk([duckdb.create_logical_type(duckdb.Type.VARCHAR)]);
  #words: BigUint64Array<ArrayBuffer> = new BigUint64Array(512);

  /** The structs of the texts, two 64-bit words each. */
  place({ bytes, offsets, size }: Texts): BigUint64Array<ArrayBuffer> {
    const texts = isPlain(bytes, offsets[size] ?? 0) ? { bytes, offsets } : wellFormed(bytes, offsets, size);
    if (this.#words.length < size * 2) this.#words = new BigUint64Array(size * 4);
    else this.#words.fill(0n, 0, size * 2);
    const base = hasLong(texts.offsets, size) ? placeText(this.#chunk, texts.bytes, texts.offsets[size]!) : 0n;
    fill(this.#words, texts.bytes, texts.offsets, size, base);
    return this.#words;
  }
}

/** Copies all bytes into the chunk's vector as one string and returns where they lie. */
function placeText(chunk: duckdb.DataChunk, bytes: Uint8Array, length: number): bigint {
  duckdb.data_chunk_reset(chunk);
  const vector = duckdb.data_chunk_get_vector(chunk, 0);
  duckdb.vector_assign_string_element_len(vector, 0, bytes.subarray(0, length));
  return new DataView(Uint8Array.from(duckdb.vector_get_data(vector, 16)).buffer).getBigUint64(8, true);
}

function fill(
  words: BigUint64Array<ArrayBuffer>,
  bytes: Uint8Array,
  offsets: Int32Array,
  size: number,
  base: bigint,
): void {
  const inline = new Uint8Array(words.buffer);
  const numbers = new Uint32Array(words.buffer);
  for (let code = 0; code < size; code++) {
    const from = offsets[code]!;
    const length = offsets[code + 1]! - from;
    numbers[code * 4] = length;
    const shown = length <= INLINE_BYTES ? length : 4;
    for (let i = 0; i < shown; i++) inline[code * 16 + 4 + i] = bytes[from + i]!;
    if (length > INLINE_BYTES) words[code * 2 + 1] = base + BigInt(from);
  }
}

function hasLong(offsets: Int32Array, size: number): boolean {
  for (let code = 0; code < size; code++) if (offsets[code + 1]! - offsets[code]! > INLINE_BYTES) return true;
  return false;
}

function isPlain(bytes: Uint8Array, length: number): boolean {
  for (let i = 0; i < length; i++) if (bytes[i]! >= 0x80 || bytes[i] === 0) return false;
  return true;
}

/** DuckDB takes only valid UTF-8 and drops the rest without a word: the entries with bad bytes in a readable spelling. */
function wellFormed(bytes: Uint8Array, offsets: Int32Array, size: number): { bytes: Uint8Array; offsets: Int32Array } {
  const entries: Uint8Array[] = [];
  const moved = new Int32Array(size + 1);
  for (let code = 0; code < size; code++) {
    const entry = wellFormedUtf8(bytes.subarray(offsets[code], offsets[code + 1]));
    entries.push(entry);
    moved[code + 1] = moved[code]! + entry.length;
  }
  return { bytes: Buffer.concat(entries), offsets: moved };
}
