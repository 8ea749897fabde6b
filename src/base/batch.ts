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
  /** All of them lie in here. */
  readonly buffer: ArrayBuffer;
}

/**
 * A batch as it crosses threads: one buffer, which is not copied and is used again, that also says where in it the columns
 * lie. Cloning a view a column costs more than reading a small batch.
 */
export interface PackedBatch {
  readonly rows: number;
  /** Columns of the table, those without a value among them. */
  readonly columns: number;
  readonly buffer: ArrayBuffer;
}

/** Words that place a column: what its values are, where they begin and how many; the validity; the texts. */
const WORDS = 9;
const NOTHING = 0;
const BYTES = 1;
const INTEGERS = 2;
const DOUBLES = 3;
/** Instead of a place, where there is no validity or no texts. */
const ABSENT = -1;

/** Copies columns into one buffer of `allocate`, which gets the least bytes it may give. */
export function packBatch(
  rows: number,
  columns: readonly (ColumnValues | null)[],
  allocate: (bytes: number) => ArrayBuffer,
): PackedBatch {
  const places = rounded(columns.length * WORDS * 4);
  let size = places;
  for (const column of columns) {
    if (column === null) continue;
    size += room(column.values) + (column.validity === null ? 0 : room(column.validity));
    if (column.texts !== null) size += room(column.texts.offsets) + room(column.texts.bytes);
  }
  const buffer = allocate(size);
  const packing = new Packing(buffer, places);
  const words = new Int32Array(buffer, 0, columns.length * WORDS);
  columns.forEach((column, i) => packing.column(column, words, i * WORDS));
  return { rows, columns: columns.length, buffer };
}

/** The columns as views of the batch's buffer. */
export function openBatch({ rows, columns, buffer }: PackedBatch): Batch {
  const words = new Int32Array(buffer, 0, columns * WORDS);
  return { rows, columns: Array.from({ length: columns }, (_, i) => openColumn(words, i * WORDS, buffer)), buffer };
}

function openColumn(words: Int32Array, at: number, buffer: ArrayBuffer): ColumnValues | null {
  const kind = words[at]!;
  if (kind === NOTHING) return null;
  const [, from, length, validityFrom, validityLength, size, offsetsFrom, bytesFrom, bytesLength] = words.subarray(
    at,
    at + WORDS,
  ) as unknown as [number, number, number, number, number, number, number, number, number];
  return {
    values: VIEWS[kind]!(buffer, from, length),
    validity: validityFrom === ABSENT ? null : new Uint8Array(buffer, validityFrom, validityLength),
    texts:
      size === ABSENT
        ? null
        : {
            size,
            offsets: new Int32Array(buffer, offsetsFrom, size + 1),
            bytes: new Uint8Array(buffer, bytesFrom, bytesLength),
          },
  };
}

const VIEWS: Readonly<Record<number, (buffer: ArrayBuffer, from: number, length: number) => ColumnValues['values']>> = {
  [BYTES]: (buffer, from, length) => new Uint8Array(buffer, from, length),
  [INTEGERS]: (buffer, from, length) => new Int32Array(buffer, from, length),
  [DOUBLES]: (buffer, from, length) => new Float64Array(buffer, from, length),
};

class Packing {
  readonly #bytes: Uint8Array;
  #at: number;

  constructor(buffer: ArrayBuffer, at: number) {
    this.#bytes = new Uint8Array(buffer);
    this.#at = at;
  }

  /** Copies a column, and writes its place from `words[at]` on. */
  column(column: ColumnValues | null, words: Int32Array, at: number): void {
    if (column === null) {
      words[at] = NOTHING;
      return;
    }
    const { values, validity, texts } = column;
    words[at] = values instanceof Float64Array ? DOUBLES : values instanceof Int32Array ? INTEGERS : BYTES;
    words[at + 1] = this.#place(values);
    words[at + 2] = values.length;
    words[at + 3] = validity === null ? ABSENT : this.#place(validity);
    words[at + 4] = validity?.length ?? 0;
    words[at + 5] = texts?.size ?? ABSENT;
    if (texts === null) return;
    words[at + 6] = this.#place(texts.offsets);
    words[at + 7] = this.#place(texts.bytes);
    words[at + 8] = texts.bytes.length;
  }

  #place(from: Uint8Array | Int32Array | Float64Array): number {
    const at = this.#at;
    this.#bytes.set(new Uint8Array(from.buffer, from.byteOffset, from.byteLength), at);
    this.#at += room(from);
    return at;
  }
}

/** Bytes a view takes in a batch: every one begins at a multiple of 8. */
function room(view: ArrayBufferView): number {
  return rounded(view.byteLength);
}

function rounded(bytes: number): number {
  return (bytes + 7) & ~7;
}
