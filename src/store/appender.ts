import duckdb from '@duckdb/node-bindings';
import type { RecordBatch, Vector } from 'apache-arrow';
import type { ColumnType, Table } from '../base/table.ts';
import { storedColumns } from './schema.ts';
import { StringStructs } from './string-structs.ts';

/** Values the store adds to every row of a batch. */
export interface RowOrigin {
  readonly captureId: number;
  readonly host: string;
  /** Time of the sample, microseconds since 1970 UTC. */
  readonly tsUs: number;
}

const DUCKDB_TYPE: Record<ColumnType, duckdb.Type> = {
  BOOLEAN: duckdb.Type.BOOLEAN,
  INTEGER: duckdb.Type.INTEGER,
  BIGINT: duckdb.Type.BIGINT,
  DOUBLE: duckdb.Type.DOUBLE,
  TIMESTAMP: duckdb.Type.TIMESTAMP,
  VARCHAR: duckdb.Type.VARCHAR,
};

const WIDTH: Record<ColumnType, number> = { BOOLEAN: 1, INTEGER: 4, BIGINT: 8, DOUBLE: 8, TIMESTAMP: 8, VARCHAR: 16 };

/** Rows after which the appender is emptied into the transaction: DuckDB itself would wait for 204,800, wide ones at that. */
const FLUSH_ROWS = 16_384;

/** Rows of one data chunk; a multiple of 8, so that validity bytes can be copied whole. */
const CHUNK_ROWS = duckdb.vector_size();

/**
 * Appends Arrow record batches to one table, column buffer by column buffer: numbers are copied as they are,
 * dictionary codes become DuckDB's string structs. Rows are visible after `flush` and the transaction's commit.
 */
export class TableAppender {
  readonly #table: Table;
  readonly #appender: duckdb.Appender;
  readonly #chunk: duckdb.DataChunk;
  readonly #ownColumns: number;
  readonly #hostStrings: StringStructs = new StringStructs();
  /** One for each text column, by its index. */
  readonly #strings: readonly (StringStructs | null)[];
  #unflushed = 0;
  readonly #gathered: BigUint64Array<ArrayBuffer> = new BigUint64Array(CHUNK_ROWS * 2);
  readonly #captureIds: Int32Array<ArrayBuffer> = new Int32Array(CHUNK_ROWS);
  readonly #times: BigInt64Array<ArrayBuffer> = new BigInt64Array(CHUNK_ROWS);

  constructor(connection: duckdb.Connection, table: Table) {
    this.#table = table;
    const columns = storedColumns(table);
    this.#ownColumns = columns.length - table.columns.length;
    this.#strings = table.columns.map((column) => (column.type === 'VARCHAR' ? new StringStructs() : null));
    this.#appender = duckdb.appender_create(connection, null, table.name);
    this.#chunk = duckdb.create_data_chunk(
      columns.map((column) => duckdb.create_logical_type(DUCKDB_TYPE[column.type])),
    );
  }

  /** Appends all rows of the batch. Its columns must be the table's declared ones, in order. */
  append(batch: RecordBatch, origin: RowOrigin): void {
    const columns = this.#table.columns.map(
      (column, i) => new ColumnSource(batch, i, column.type, this.#strings[i] ?? null),
    );
    const name = new TextEncoder().encode(origin.host);
    const host = this.#hostStrings.place(name, new Int32Array([0, name.length]), 1);
    for (let first = 0; first < batch.numRows; first += CHUNK_ROWS) {
      const rows = Math.min(CHUNK_ROWS, batch.numRows - first);
      duckdb.data_chunk_reset(this.#chunk);
      this.#fillOwn(rows, origin, host);
      columns.forEach((column, i) => {
        const vector = duckdb.data_chunk_get_vector(this.#chunk, this.#ownColumns + i);
        column.copyTo(vector, first, rows, this.#gathered);
      });
      duckdb.data_chunk_set_size(this.#chunk, rows);
      duckdb.append_data_chunk(this.#appender, this.#chunk);
    }
    this.#unflushed += batch.numRows;
    if (this.#unflushed >= FLUSH_ROWS) this.flush();
  }

  /** Hands what was appended to the running transaction. */
  flush(): void {
    this.#unflushed = 0;
    duckdb.appender_flush_sync(this.#appender);
  }

  close(): void {
    duckdb.appender_close_sync(this.#appender);
  }

  #fillOwn(rows: number, origin: RowOrigin, host: BigUint64Array): void {
    const vector = (i: number): duckdb.Vector => duckdb.data_chunk_get_vector(this.#chunk, i);
    this.#captureIds.fill(origin.captureId, 0, rows);
    duckdb.copy_data_to_vector(vector(0), 0, this.#captureIds.buffer, 0, rows * 4);
    for (let i = 0; i < rows; i++) {
      this.#gathered[i * 2] = host[0]!;
      this.#gathered[i * 2 + 1] = host[1]!;
    }
    duckdb.copy_data_to_vector(vector(1), 0, this.#gathered.buffer, 0, rows * 16);
    if (this.#ownColumns === 3) {
      this.#times.fill(BigInt(Math.round(origin.tsUs)), 0, rows);
      duckdb.copy_data_to_vector(vector(2), 0, this.#times.buffer, 0, rows * 8);
    }
  }
}

/** One column of one batch, ready to be copied vector by vector. */
class ColumnSource {
  readonly #width: number;
  readonly #values:
    | Uint8Array<ArrayBuffer>
    | Int32Array<ArrayBuffer>
    | Float64Array<ArrayBuffer>
    | BigInt64Array<ArrayBuffer>;
  readonly #validity: Uint8Array<ArrayBuffer>;
  readonly #words: BigUint64Array | null;

  constructor(batch: RecordBatch, index: number, type: ColumnType, strings: StringStructs | null) {
    const data = batch.data.children[index]!;
    this.#width = WIDTH[type];
    this.#values = data.values;
    this.#validity = data.nullBitmap as Uint8Array<ArrayBuffer>;
    this.#words = strings === null ? null : dictionaryStructs(strings, data.dictionary as Vector);
  }

  copyTo(vector: duckdb.Vector, first: number, rows: number, gathered: BigUint64Array<ArrayBuffer>): void {
    const from = first >> 3;
    const bytes = (rows + 7) >> 3;
    if (!allSet(this.#validity, from, rows)) {
      duckdb.vector_ensure_validity_writable(vector);
      const { buffer, byteOffset } = this.#validity;
      duckdb.copy_data_to_vector_validity(vector, 0, buffer, byteOffset + from, bytes);
      if (noneSet(this.#validity, from, bytes)) return;
    }
    if (this.#words === null) {
      const { buffer, byteOffset } = this.#values;
      duckdb.copy_data_to_vector(vector, 0, buffer, byteOffset + first * this.#width, rows * this.#width);
      return;
    }
    const words = this.#words;
    const codes = this.#values as Int32Array;
    for (let i = 0; i < rows; i++) {
      const code = codes[first + i]! * 2;
      gathered[i * 2] = words[code]!;
      gathered[i * 2 + 1] = words[code + 1]!;
    }
    duckdb.copy_data_to_vector(vector, 0, gathered.buffer, 0, rows * 16);
  }
}

function dictionaryStructs(strings: StringStructs, dictionary: Vector): BigUint64Array {
  const data = dictionary.data[0];
  if (data === undefined) return strings.place(new Uint8Array(), new Int32Array(1), 0);
  return strings.place(data.values as Uint8Array, data.valueOffsets as Int32Array, data.length);
}

function allSet(validity: Uint8Array, from: number, rows: number): boolean {
  const whole = rows >> 3;
  for (let i = 0; i < whole; i++) if (validity[from + i] !== 0xff) return false;
  const rest = rows & 7;
  return rest === 0 || (validity[from + whole]! & ((1 << rest) - 1)) === (1 << rest) - 1;
}

function noneSet(validity: Uint8Array, from: number, bytes: number): boolean {
  for (let i = 0; i < bytes; i++) if (validity[from + i] !== 0) return false;
  return true;
}
