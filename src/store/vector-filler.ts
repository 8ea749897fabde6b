import duckdb from '@duckdb/node-bindings';
import type { ColumnValues } from '../base/batch.ts';
import type { ColumnType } from '../base/table.ts';
import { StringStructs } from './string-structs.ts';

const WIDTH: Record<ColumnType, number> = { BOOLEAN: 1, INTEGER: 4, BIGINT: 8, DOUBLE: 8, TIMESTAMP: 8, VARCHAR: 16 };
const NONE_SET: Uint8Array<ArrayBuffer> = new Uint8Array(duckdb.vector_size() >> 3);
const ALL_SET: Uint8Array<ArrayBuffer> = new Uint8Array(duckdb.vector_size() >> 3).fill(0xff);

/** Writes one column of the batches into one vector of a chunk, and knows what the vector holds already. */
export class VectorFiller {
  readonly #vector: duckdb.Vector;
  readonly #width: number;
  readonly #strings: StringStructs | null;
  /** Rows of the vector that are valid. */
  #valid: 'all' | 'none' | 'some' = 'all';
  #values: ColumnValues | null = null;
  #words: BigUint64Array<ArrayBuffer> = new BigUint64Array(0);
  readonly #gathered: BigUint64Array<ArrayBuffer>;
  /** What the first `#filled` rows hold, where that is one value of ours. */
  #constant: number | string | null = null;
  #filled = 0;

  constructor(vector: duckdb.Vector, type: ColumnType, rows: number) {
    this.#vector = vector;
    this.#width = WIDTH[type];
    this.#strings = type === 'VARCHAR' ? new StringStructs() : null;
    this.#gathered = new BigUint64Array(type === 'VARCHAR' ? rows * 2 : 0);
  }

  /** Begins a batch with so many rows in its fullest chunk; false when the vector is as it has to be for all of it. */
  begin(values: ColumnValues | null, rows: number): boolean {
    this.#values = values;
    if (values === null) {
      this.#mark('none', NONE_SET);
      return false;
    }
    if (values.validity === null) this.#mark('all', ALL_SET);
    if (values.texts === null) return true;
    this.#words = this.#strings!.place(values.texts);
    if (values.texts.size > 1) return true;
    this.#repeatText(rows);
    return values.validity !== null;
  }

  /** Copies rows of the batch to the begin of the vector; `first` is a multiple of 8. */
  copy(first: number, rows: number): void {
    const { values, validity, texts } = this.#values!;
    if (validity !== null) this.#mark('some', validity.subarray(first >> 3, (first + rows + 7) >> 3));
    if (texts === null) {
      const from = values.byteOffset + first * this.#width;
      duckdb.copy_data_to_vector(this.#vector, 0, values.buffer, from, rows * this.#width);
    } else if (texts.size > 1) {
      this.#gather(values as Int32Array, first, rows);
    }
  }

  /** Makes the first rows of the vector this number; for INTEGER. A column that is filled so is only filled so. */
  fillInteger(value: number, rows: number): void {
    if (this.#isFilled(value, rows)) return;
    const { buffer } = new Int32Array(rows).fill(value);
    duckdb.copy_data_to_vector(this.#vector, 0, buffer, 0, buffer.byteLength);
  }

  /** As `fillInteger`, for BIGINT and TIMESTAMP. */
  fillBigint(value: number, rows: number): void {
    if (this.#isFilled(value, rows)) return;
    const { buffer } = new BigInt64Array(rows).fill(BigInt(Math.round(value)));
    duckdb.copy_data_to_vector(this.#vector, 0, buffer, 0, buffer.byteLength);
  }

  /** As `fillInteger`, for VARCHAR. */
  fillText(text: string, rows: number): void {
    if (this.#isFilled(text, rows)) return;
    const bytes = new TextEncoder().encode(text);
    this.#words = this.#strings!.place({ size: 1, offsets: new Int32Array([0, bytes.length]), bytes });
    this.#repeatText(rows);
  }

  /** Whether the rows hold the value already; if not, they are taken to hold it from now on. */
  #isFilled(value: number | string, rows: number): boolean {
    if (value === this.#constant && rows <= this.#filled) return true;
    this.#constant = value;
    this.#filled = rows;
    return false;
  }

  #gather(codes: Int32Array, first: number, rows: number): void {
    const words = this.#words;
    const gathered = this.#gathered;
    for (let i = 0; i < rows; i++) {
      const code = codes[first + i]! * 2;
      gathered[i * 2] = words[code]!;
      gathered[i * 2 + 1] = words[code + 1]!;
    }
    duckdb.copy_data_to_vector(this.#vector, 0, gathered.buffer, 0, rows * 16);
  }

  #repeatText(rows: number): void {
    const gathered = this.#gathered;
    for (let i = 0; i < rows; i++) {
      gathered[i * 2] = this.#words[0]!;
      gathered[i * 2 + 1] = this.#words[1]!;
    }
    duckdb.copy_data_to_vector(this.#vector, 0, gathered.buffer, 0, rows * 16);
  }

  /** Sets which rows are valid, from their bits, where that is not known to be so already. */
  #mark(valid: 'all' | 'none' | 'some', bits: Uint8Array<ArrayBuffer>): void {
    if (valid === this.#valid && valid !== 'some') return;
    this.#valid = valid;
    duckdb.vector_ensure_validity_writable(this.#vector);
    duckdb.copy_data_to_vector_validity(this.#vector, 0, bits.buffer, bits.byteOffset, bits.length);
  }
}
