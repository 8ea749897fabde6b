import {
  type Data,
  type DataType,
  Dictionary,
  Field,
  Float64,
  Int32,
  Int64,
  makeData,
  makeVector,
  RecordBatch,
  Schema,
  Struct,
  TimestampMicrosecond,
  Uint8,
  Utf8,
} from 'apache-arrow';
import { HashDictionary } from './hash-dictionary.ts';
import type { Column, ColumnType, Table } from './table.ts';

/** Rows a full batch holds: eight DuckDB vectors. */
export const BATCH_ROWS: number = 16_384;
const FIRST_ROWS = 64;

const TWO_31 = 2_147_483_648;
const TWO_32 = 4_294_967_296;

/**
 * A column being filled. Set the value of the current row, or leave it: a row not set is null.
 * Every setter takes effect for the row that the builder's next `next()` closes.
 */
export abstract class ColumnBuilder {
  readonly name: string;
  /** Index of the current row; moved by the table builder. */
  row = 0;
  protected validity: Uint8Array<ArrayBuffer> = new Uint8Array(FIRST_ROWS >> 3);

  constructor(name: string) {
    this.name = name;
  }

  protected mark(): void {
    const row = this.row;
    this.validity[row >> 3]! |= 1 << (row & 7);
  }

  /** Makes the current row null again. */
  clear(): void {
    this.validity[this.row >> 3]! &= ~(1 << (this.row & 7));
  }

  /** Whether the current row has been set. */
  get isSet(): boolean {
    return (this.validity[this.row >> 3]! & (1 << (this.row & 7))) !== 0;
  }

  resize(rows: number): void {
    const validity = new Uint8Array((rows + 7) >> 3);
    validity.set(this.validity.subarray(0, validity.length));
    this.validity = validity;
    this.resizeValues(rows);
  }

  abstract resizeValues(rows: number): void;
  abstract data(length: number): Data;
  /** Begins anew with fresh buffers for so many rows. */
  abstract reset(rows: number): void;
}

/** Numbers stored as they are: BOOLEAN (0/1 in a byte), INTEGER, DOUBLE. */
export class NumberColumn extends ColumnBuilder {
  #values: Uint8Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;
  readonly #make: (rows: number) => Uint8Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;
  readonly #type: DataType;

  constructor(name: string, type: 'BOOLEAN' | 'INTEGER' | 'DOUBLE') {
    super(name);
    if (type === 'BOOLEAN') {
      this.#make = (rows) => new Uint8Array(rows);
      this.#type = new Uint8();
    } else if (type === 'INTEGER') {
      this.#make = (rows) => new Int32Array(rows);
      this.#type = new Int32();
    } else {
      this.#make = (rows) => new Float64Array(rows);
      this.#type = new Float64();
    }
    this.#values = this.#make(FIRST_ROWS);
  }

  set(value: number): void {
    this.#values[this.row] = value;
    this.mark();
  }

  override resizeValues(rows: number): void {
    const values = this.#make(rows);
    values.set(this.#values.subarray(0, rows));
    this.#values = values;
  }

  override data(length: number): Data {
    return makeData({ type: this.#type, length, nullBitmap: this.validity, data: this.#values } as never);
  }

  override reset(rows: number): void {
    this.#values = this.#make(rows);
    this.validity = new Uint8Array(rows >> 3);
  }
}

/** 64-bit integers set from JavaScript numbers: BIGINT, and TIMESTAMP as microseconds since 1970 UTC. */
export class Int64Column extends ColumnBuilder {
  #halves: Int32Array<ArrayBuffer> = new Int32Array(FIRST_ROWS * 2);
  readonly #type: DataType;

  constructor(name: string, type: 'BIGINT' | 'TIMESTAMP') {
    super(name);
    this.#type = type === 'BIGINT' ? new Int64() : new TimestampMicrosecond();
  }

  /** An integer; two halves instead of a bigint, which would be allocated per value. */
  set(value: number): void {
    const at = this.row * 2;
    if (value >= 0 && value < TWO_31) {
      this.#halves[at] = value;
      this.#halves[at + 1] = 0;
      this.mark();
      return;
    }
    const high = Math.floor(value / TWO_32);
    this.#halves[at] = value - high * TWO_32;
    this.#halves[at + 1] = high;
    this.mark();
  }

  override resizeValues(rows: number): void {
    const halves = new Int32Array(rows * 2);
    halves.set(this.#halves.subarray(0, rows * 2));
    this.#halves = halves;
  }

  override data(length: number): Data {
    const values = new BigInt64Array(this.#halves.buffer);
    return makeData({ type: this.#type, length, nullBitmap: this.validity, data: values } as never);
  }

  override reset(rows: number): void {
    this.#halves = new Int32Array(rows * 2);
    this.validity = new Uint8Array(rows >> 3);
  }
}

/** Text, dictionary-encoded: a repeated string costs four bytes a row. */
export class TextColumn extends ColumnBuilder {
  #codes: Int32Array<ArrayBuffer> = new Int32Array(FIRST_ROWS);
  #dictionary: HashDictionary = new HashDictionary();

  /** The bytes `source[start, end)` as they are, UTF-8 or not; the store spells out what is none. */
  setBytes(source: Uint8Array, start: number, end: number): void {
    this.#codes[this.row] = this.#dictionary.code(source, start, end);
    this.mark();
  }

  /** A text of ours (a state name, a constant); for few distinct values. */
  setText(text: string): void {
    this.#codes[this.row] = this.#dictionary.codeOfText(text);
    this.mark();
  }

  override resizeValues(rows: number): void {
    const codes = new Int32Array(rows);
    codes.set(this.#codes.subarray(0, rows));
    this.#codes = codes;
  }

  override data(length: number): Data {
    const { size, offsets, bytes } = this.#dictionary;
    const entries = makeData({
      type: new Utf8(),
      length: size,
      valueOffsets: offsets.subarray(0, size + 1),
      data: bytes,
    });
    return makeData({
      type: new Dictionary(new Utf8(), new Int32()),
      length,
      nullBitmap: this.validity,
      data: this.#codes,
      dictionary: makeVector(entries),
    } as never);
  }

  override reset(rows: number): void {
    this.#codes = new Int32Array(rows);
    this.#dictionary = new HashDictionary(this.#dictionary);
    this.validity = new Uint8Array(rows >> 3);
  }
}

/** Takes a finished batch; the buffers are the taker's from then on. */
export type BatchSink = (table: string, batch: RecordBatch) => void;

/**
 * Fills one table column by column and hands over Arrow record batches of at most `BATCH_ROWS` rows.
 * Get the columns once, set them for each row, call `next()`.
 */
export class TableBuilder {
  readonly table: Table;
  /** Rows closed so far, over all batches. */
  rows = 0;
  readonly #columns: readonly ColumnBuilder[];
  readonly #schema: Schema;
  readonly #sink: BatchSink;
  #row = 0;
  #capacity: number = FIRST_ROWS;

  constructor(table: Table, sink: BatchSink) {
    this.table = table;
    this.#sink = sink;
    this.#columns = table.columns.map(makeColumn);
    this.#schema = new Schema(this.#columns.map((column) => new Field(column.name, column.data(0).type, true)));
  }

  /** The column of that name, for INTEGER, DOUBLE and BOOLEAN. Throws when the table declares it otherwise. */
  number(name: string): NumberColumn {
    return this.#find(name, NumberColumn);
  }

  /** The column of that name, for BIGINT and TIMESTAMP. */
  int64(name: string): Int64Column {
    return this.#find(name, Int64Column);
  }

  /** The column of that name, for VARCHAR. */
  text(name: string): TextColumn {
    return this.#find(name, TextColumn);
  }

  /** Closes the current row. */
  next(): void {
    this.rows++;
    const row = ++this.#row;
    if (row === this.#capacity) {
      if (row === BATCH_ROWS) {
        this.#handOver();
        return;
      }
      this.#capacity = Math.min(this.#capacity * 4, BATCH_ROWS);
      for (const column of this.#columns) column.resize(this.#capacity);
    }
    for (const column of this.#columns) column.row = row;
  }

  /** Forgets what was set in the current row: for a line that turns out bad half-way. */
  abandon(): void {
    for (const column of this.#columns) column.clear();
  }

  /** Hands over what is there; does nothing when there is nothing. A row not closed is dropped. */
  flush(): void {
    this.abandon();
    this.#handOver();
  }

  #handOver(): void {
    const length = this.#row;
    if (length > 0) {
      const children = this.#columns.map((column) => column.data(length));
      const data = makeData({ type: new Struct(this.#schema.fields), length, nullCount: 0, children });
      this.#sink(this.table.name, new RecordBatch(this.#schema, data));
    }
    this.#row = 0;
    this.#capacity = length === BATCH_ROWS ? BATCH_ROWS : FIRST_ROWS;
    for (const column of this.#columns) {
      column.reset(this.#capacity);
      column.row = 0;
    }
  }

  #find<C extends ColumnBuilder>(name: string, kind: new (...args: never[]) => C): C {
    const column = this.#columns.find((candidate) => candidate.name === name);
    if (!(column instanceof kind)) {
      throw new TypeError(
        `table ${this.table.name}: ${kind.name} expected for column "${name}", it has ${column?.constructor.name ?? 'no such column'}`,
      );
    }
    return column;
  }
}

const MAKERS: Record<ColumnType, (name: string) => ColumnBuilder> = {
  BOOLEAN: (name) => new NumberColumn(name, 'BOOLEAN'),
  INTEGER: (name) => new NumberColumn(name, 'INTEGER'),
  DOUBLE: (name) => new NumberColumn(name, 'DOUBLE'),
  BIGINT: (name) => new Int64Column(name, 'BIGINT'),
  TIMESTAMP: (name) => new Int64Column(name, 'TIMESTAMP'),
  VARCHAR: (name) => new TextColumn(name),
};

function makeColumn(column: Column): ColumnBuilder {
  return MAKERS[column.type](column.name);
}
