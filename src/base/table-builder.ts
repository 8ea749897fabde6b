import { type Batch, type ColumnValues, packBatch } from './batch.ts';
import { cutText, MAX_TEXT_BYTES } from './cut-text.ts';
import { HashDictionary } from './hash-dictionary.ts';
import type { Column, ColumnType, Table } from './table.ts';

/** Rows a full batch holds: eight DuckDB vectors. */
export const BATCH_ROWS: number = 16_384;
/** Distinct text a batch may hold: lines of a megabyte must not add up to sixteen thousand of them. */
export const BATCH_TEXT_BYTES: number = 16 * 2 ** 20;
const CHECK_ROWS = 16;
const FIRST_ROWS = 64;

/** Bits set in each byte. */
const BITS_SET: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length);

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

  /** Makes room for so many rows. */
  grow(rows: number): void {
    const validity = new Uint8Array(rows >> 3);
    validity.set(this.validity);
    this.validity = validity;
    this.growValues(rows);
  }

  /** The first rows, as views that hold until the next row is set; null when none of them is set. */
  data(rows: number): ColumnValues | null {
    const set = countSet(this.validity, rows);
    if (set === 0) return null;
    return this.values(rows, set === rows ? null : this.validity.subarray(0, (rows + 7) >> 3));
  }

  /** Begins anew at the first row, in the same buffers. */
  reset(): void {
    this.validity.fill(0);
    this.row = 0;
  }

  protected abstract growValues(rows: number): void;
  protected abstract values(rows: number, validity: Uint8Array<ArrayBuffer> | null): ColumnValues;
}

/** Numbers stored as they are: BOOLEAN (0/1 in a byte), INTEGER, DOUBLE. */
export class NumberColumn extends ColumnBuilder {
  #values: Uint8Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;
  readonly #make: (rows: number) => Uint8Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

  constructor(name: string, type: 'BOOLEAN' | 'INTEGER' | 'DOUBLE') {
    super(name);
    if (type === 'BOOLEAN') this.#make = (rows) => new Uint8Array(rows);
    else if (type === 'INTEGER') this.#make = (rows) => new Int32Array(rows);
    else this.#make = (rows) => new Float64Array(rows);
    this.#values = this.#make(FIRST_ROWS);
  }

  set(value: number): void {
    this.#values[this.row] = value;
    this.mark();
  }

  protected override growValues(rows: number): void {
    const values = this.#make(rows);
    values.set(this.#values);
    this.#values = values;
  }

  protected override values(rows: number, validity: Uint8Array<ArrayBuffer> | null): ColumnValues {
    return { values: this.#values.subarray(0, rows), validity, texts: null };
  }
}

/** 64-bit integers set from JavaScript numbers: BIGINT, and TIMESTAMP as microseconds since 1970 UTC. */
export class Int64Column extends ColumnBuilder {
  #halves: Int32Array<ArrayBuffer> = new Int32Array(FIRST_ROWS * 2);

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

  protected override growValues(rows: number): void {
    const halves = new Int32Array(rows * 2);
    halves.set(this.#halves);
    this.#halves = halves;
  }

  protected override values(rows: number, validity: Uint8Array<ArrayBuffer> | null): ColumnValues {
    return { values: this.#halves.subarray(0, rows * 2), validity, texts: null };
  }
}

/** Text, dictionary-encoded: a repeated string costs four bytes a row. */
export class TextColumn extends ColumnBuilder {
  #codes: Int32Array<ArrayBuffer> = new Int32Array(FIRST_ROWS);
  readonly #dictionary: HashDictionary = new HashDictionary();

  /** Bytes of the distinct texts so far. */
  get textBytes(): number {
    return this.#dictionary.byteLength;
  }

  /** The bytes `source[start, end)` as they are, UTF-8 or not; the store spells out what is none. */
  setBytes(source: Uint8Array, start: number, end: number): void {
    if (end - start > MAX_TEXT_BYTES) {
      const cut = cutText(source, start, end);
      this.#codes[this.row] = this.#dictionary.code(cut, 0, cut.length);
    } else {
      this.#codes[this.row] = this.#dictionary.code(source, start, end);
    }
    this.mark();
  }

  /** A text of ours (a state name, a constant); for few distinct values. */
  setText(text: string): void {
    if (text.length > MAX_TEXT_BYTES) {
      const bytes = new TextEncoder().encode(text);
      this.setBytes(bytes, 0, bytes.length);
      return;
    }
    this.#codes[this.row] = this.#dictionary.codeOfText(text);
    this.mark();
  }

  override reset(): void {
    super.reset();
    if (this.#dictionary.isSmall) return;
    this.#dictionary.reset();
    this.#codes.fill(0);
  }

  protected override growValues(rows: number): void {
    const codes = new Int32Array(rows);
    codes.set(this.#codes);
    this.#codes = codes;
  }

  /** A row that is not set has the code of some entry. */
  protected override values(rows: number, validity: Uint8Array<ArrayBuffer> | null): ColumnValues {
    return { values: this.#codes.subarray(0, rows), validity, texts: this.#dictionary.texts() };
  }
}

/** Takes a finished batch; its buffer is the taker's from then on. */
export type BatchSink = (table: string, batch: Batch) => void;

/**
 * Fills one table column by column and hands over batches of at most `BATCH_ROWS` rows.
 * Get the columns once, set them for each row, call `next()`.
 */
export class TableBuilder {
  readonly table: Table;
  /** Rows closed so far, over all batches. */
  rows = 0;
  readonly #columns: readonly ColumnBuilder[];
  readonly #texts: readonly TextColumn[];
  readonly #sink: BatchSink;
  readonly #allocate: (bytes: number) => ArrayBuffer;
  #row = 0;
  #capacity: number = FIRST_ROWS;

  /** `allocate` gives a buffer of at least so many bytes for a batch. */
  constructor(table: Table, sink: BatchSink, allocate = (bytes: number): ArrayBuffer => new ArrayBuffer(bytes)) {
    this.table = table;
    this.#sink = sink;
    this.#allocate = allocate;
    this.#columns = table.columns.map(makeColumn);
    this.#texts = this.#columns.filter((column) => column instanceof TextColumn);
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
    if (row === BATCH_ROWS || (row % CHECK_ROWS === 0 && this.#isLarge())) {
      this.#handOver();
      return;
    }
    if (row === this.#capacity) {
      this.#capacity = Math.min(this.#capacity * 4, BATCH_ROWS);
      for (const column of this.#columns) column.grow(this.#capacity);
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

  #isLarge(): boolean {
    let bytes = 0;
    for (const column of this.#texts) bytes += column.textBytes;
    return bytes > BATCH_TEXT_BYTES;
  }

  #handOver(): void {
    const rows = this.#row;
    if (rows === 0) return;
    const columns = this.#columns.map((column) => column.data(rows));
    this.#sink(this.table.name, packBatch(rows, columns, this.#allocate));
    this.#row = 0;
    for (const column of this.#columns) column.reset();
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
  BIGINT: (name) => new Int64Column(name),
  TIMESTAMP: (name) => new Int64Column(name),
  VARCHAR: (name) => new TextColumn(name),
};

function makeColumn(column: Column): ColumnBuilder {
  return MAKERS[column.type](column.name);
}

/** Rows set among the first ones. */
function countSet(validity: Uint8Array, rows: number): number {
  let set = 0;
  const whole = rows >> 3;
  for (let i = 0; i < whole; i++) set += BITS_SET[validity[i]!]!;
  return set + BITS_SET[(validity[whole] ?? 0) & ((1 << (rows & 7)) - 1)]!;
}
