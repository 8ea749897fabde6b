import { type ColumnValues, type PackedBatch, packBatch } from './batch.ts';
import { ColumnBuilder, FIRST_ROWS } from './column-builder.ts';
import type { Column, ColumnType, Table } from './table.ts';
import { TextColumn } from './text-column.ts';

export type { TextColumn };

/** Rows a full batch holds: eight DuckDB vectors. */
export const BATCH_ROWS: number = 16_384;
/** Distinct text a batch may hold: lines of a megabyte must not add up to sixteen thousand of them. */
export const BATCH_TEXT_BYTES: number = 16 * 2 ** 20;
const CHECK_ROWS = 16;
const WINDOW_ROWS = 1024;

const TWO_31 = 2_147_483_648;
const TWO_32 = 4_294_967_296;

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

/** Takes a finished batch; its buffer is the taker's from then on. */
export type BatchSink = (table: string, batch: PackedBatch) => void;

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
  /** Rows given up: their texts count too, a flood of bad lines must not add up. */
  #abandoned = 0;
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
    if (row % WINDOW_ROWS === 0) for (const column of this.#texts) column.judge();
    if (row === this.#capacity) {
      this.#capacity = Math.min(this.#capacity * 4, BATCH_ROWS);
      for (const column of this.#columns) column.grow(this.#capacity);
    }
    for (const column of this.#columns) column.row = row;
  }

  /** Forgets what was set in the current row: for a line that turns out bad half-way. */
  abandon(): void {
    for (const column of this.#columns) column.clear();
    if (++this.#abandoned % WINDOW_ROWS === 0 && this.#isLarge()) this.#handOver();
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
    if (rows > 0) {
      const columns = this.#columns.map((column) => column.data(rows));
      this.#sink(this.table.name, packBatch(rows, columns, this.#allocate));
    }
    this.#row = 0;
    for (const column of this.#columns) column.reset(rows);
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
