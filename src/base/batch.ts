/** Distinct texts: entry `i` is `bytes[offsets[i], offsets[i + 1])`. */
export interface Texts {
  readonly size: number;
  /** `size + 1` positions. */
  readonly offsets: Int32Array<ArrayBuffer>;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Values of a column, laid out as Arrow and DuckDB have them. */
export interface ColumnValues {
  /** BOOLEAN a byte, INTEGER and DOUBLE as they are, BIGINT and TIMESTAMP two halves, VARCHAR codes of `texts`. */
  readonly values: Uint8Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;
  /** A bit a row, lowest first; null when every row is set. */
  readonly validity: Uint8Array<ArrayBuffer> | null;
  /** Null for all but VARCHAR. */
  readonly texts: Texts | null;
}

/** Rows of one table, column by column; null stands for a column without a value. */
export interface Batch {
  readonly rows: number;
  readonly columns: readonly (ColumnValues | null)[];
  /** All of them lie in here: what crosses threads without being copied, and is used again. */
  readonly buffer: ArrayBuffer;
}

/** Copies columns into one buffer of `allocate`, which gets the least bytes it may give. */
export function packBatch(
  rows: number,
  columns: readonly (ColumnValues | null)[],
  allocate: (bytes: number) => ArrayBuffer,
): Batch {
  let size = 0;
  for (const column of columns) {
    if (column === null) continue;
    size += room(column.values) + (column.validity === null ? 0 : room(column.validity));
    if (column.texts !== null) size += room(column.texts.offsets) + room(column.texts.bytes);
  }
  const packing = new Packing(allocate(size));
  return { rows, columns: columns.map((column) => packing.column(column)), buffer: packing.buffer };
}

class Packing {
  readonly buffer: ArrayBuffer;
  #at = 0;

  constructor(buffer: ArrayBuffer) {
    this.buffer = buffer;
  }

  column(column: ColumnValues | null): ColumnValues | null {
    if (column === null) return null;
    const { values, validity, texts } = column;
    return {
      values: values instanceof Float64Array ? this.#doubles(values) : this.#integers(values),
      validity: validity === null ? null : this.#bytes(validity),
      texts:
        texts === null
          ? null
          : { size: texts.size, offsets: this.#words(texts.offsets), bytes: this.#bytes(texts.bytes) },
    };
  }

  #integers(from: Uint8Array | Int32Array): Uint8Array<ArrayBuffer> | Int32Array<ArrayBuffer> {
    return from instanceof Int32Array ? this.#words(from) : this.#bytes(from);
  }

  #bytes(from: Uint8Array): Uint8Array<ArrayBuffer> {
    const to = new Uint8Array(this.buffer, this.#place(from), from.length);
    to.set(from);
    return to;
  }

  #words(from: Int32Array): Int32Array<ArrayBuffer> {
    const to = new Int32Array(this.buffer, this.#place(from), from.length);
    to.set(from);
    return to;
  }

  #doubles(from: Float64Array): Float64Array<ArrayBuffer> {
    const to = new Float64Array(this.buffer, this.#place(from), from.length);
    to.set(from);
    return to;
  }

  #place(from: ArrayBufferView): number {
    const at = this.#at;
    this.#at += room(from);
    return at;
  }
}

/** Bytes a view takes in a batch: every one begins at a multiple of 8. */
function room(view: ArrayBufferView): number {
  return (view.byteLength + 7) & ~7;
}
