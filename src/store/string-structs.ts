import duckdb from '@duckdb/node-bindings';

const STRUCT_BYTES = 16;

/**
 * The entries of one Arrow dictionary as DuckDB's own 16-byte string structs, so that a column of codes becomes a
 * column of strings by copying structs instead of making a string a row. Long strings are pointers into chunks
 * that this object owns: it must live until the rows have been appended.
 */
export class StringStructs {
  /** Two 64-bit words a code. */
  readonly words: BigUint64Array<ArrayBuffer>;
  readonly #chunks: duckdb.DataChunk[] = [];

  /** `offsets` holds `size + 1` positions into `bytes`. */
  constructor(bytes: Uint8Array, offsets: Int32Array, size: number) {
    const vectorSize = duckdb.vector_size();
    const varchar = duckdb.create_logical_type(duckdb.Type.VARCHAR);
    this.words = new BigUint64Array(size * 2);
    for (let first = 0; first < size; first += vectorSize) {
      const count = Math.min(vectorSize, size - first);
      const chunk = duckdb.create_data_chunk([varchar]);
      const vector = duckdb.data_chunk_get_vector(chunk, 0);
      for (let i = 0; i < count; i++) {
        const entry = bytes.subarray(offsets[first + i], offsets[first + i + 1]);
        duckdb.vector_assign_string_element_len(vector, i, isPlain(entry) ? entry : wellFormed(entry));
      }
      new Uint8Array(this.words.buffer).set(duckdb.vector_get_data(vector, count * STRUCT_BYTES), first * STRUCT_BYTES);
      this.#chunks.push(chunk);
    }
  }

  /** Keeps the chunks reachable; call it after the last append that used `words`. */
  release(): void {
    this.#chunks.length = 0;
  }
}

function isPlain(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) if (bytes[i]! >= 0x80 || bytes[i] === 0) return false;
  return true;
}

/** DuckDB takes only valid UTF-8 and silently drops the rest: bad bytes and NUL become `\xhh`, as Apache writes them. */
function wellFormed(bytes: Uint8Array): Uint8Array {
  const text = new TextDecoder('utf-8').decode(bytes);
  if (!text.includes('\ufffd') && !text.includes('\0')) return bytes;
  let out = '';
  for (const char of splitUtf8(bytes)) out += char;
  return new TextEncoder().encode(out);
}

function* splitUtf8(bytes: Uint8Array): Generator<string> {
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  for (let i = 0; i < bytes.length; ) {
    const first = bytes[i]!;
    const length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
    let text: string | null = null;
    if (length > 0 && first !== 0 && i + length <= bytes.length) {
      try {
        text = strict.decode(bytes.subarray(i, i + length));
      } catch {
        text = null;
      }
    }
    yield text ?? `\\x${first.toString(16).padStart(2, '0')}`;
    i += text === null ? 1 : length;
  }
}
