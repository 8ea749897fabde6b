import duckdb from '@duckdb/node-bindings';
import type { Batch } from '../base/batch.ts';
import type { ColumnType, Table } from '../base/table.ts';
import { storedColumns } from './schema.ts';
import { VectorFiller } from './vector-filler.ts';

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

/** Rows after which the appender is emptied into the transaction: DuckDB itself would wait for 204,800, wide ones at that. */
const FLUSH_ROWS = 16_384;
/** The same for batches of few but huge rows. */
const FLUSH_BYTES = 64 * 2 ** 20;

/** Rows of one data chunk; a multiple of 8, so that validity bytes can be copied whole. */
const CHUNK_ROWS = duckdb.vector_size();

/**
 * Appends batches to one table, column buffer by column buffer: numbers are copied as they are, dictionary codes become
 * DuckDB's string structs. One chunk is filled again and again and never reset, so that what does not change from chunk to
 * chunk need not be written again. Rows are visible after `flush` and the transaction's commit.
 */
export class TableAppender {
  readonly #appender: duckdb.Appender;
  readonly #chunk: duckdb.DataChunk;
  /** The store's own columns, then the declared ones. */
  readonly #own: readonly VectorFiller[];
  readonly #declared: readonly VectorFiller[];
  #unflushedRows = 0;
  #unflushedBytes = 0;

  constructor(connection: duckdb.Connection, table: Table) {
    const columns = storedColumns(table);
    this.#appender = duckdb.appender_create(connection, null, table.name);
    this.#chunk = duckdb.create_data_chunk(
      columns.map((column) => duckdb.create_logical_type(DUCKDB_TYPE[column.type])),
    );
    const fillers = columns.map(
      (column, i) => new VectorFiller(duckdb.data_chunk_get_vector(this.#chunk, i), column.type, CHUNK_ROWS),
    );
    const own = columns.length - table.columns.length;
    this.#own = fillers.slice(0, own);
    this.#declared = fillers.slice(own);
  }

  /** Appends all rows of the batch. Its columns must be the table's declared ones, in order. */
  append(batch: Batch, origin: RowOrigin): void {
    const most = Math.min(CHUNK_ROWS, batch.rows);
    this.#own[0]!.fillInteger(origin.captureId, most);
    this.#own[1]!.fillText(origin.host, most);
    this.#own[2]?.fillBigint(origin.tsUs, most);
    const used = this.#declared.filter((filler, i) => filler.begin(batch.columns[i]!, most));
    for (let first = 0; first < batch.rows; first += CHUNK_ROWS) {
      const rows = Math.min(CHUNK_ROWS, batch.rows - first);
      for (const filler of used) filler.copy(first, rows);
      duckdb.data_chunk_set_size(this.#chunk, rows);
      duckdb.append_data_chunk(this.#appender, this.#chunk);
    }
    this.#unflushedRows += batch.rows;
    this.#unflushedBytes += batch.buffer.byteLength;
    if (this.#unflushedRows >= FLUSH_ROWS || this.#unflushedBytes >= FLUSH_BYTES) this.flush();
  }

  /** Hands what was appended to the running transaction. */
  flush(): void {
    this.#unflushedRows = 0;
    this.#unflushedBytes = 0;
    duckdb.appender_flush_sync(this.#appender);
  }

  close(): void {
    duckdb.appender_close_sync(this.#appender);
  }
}
