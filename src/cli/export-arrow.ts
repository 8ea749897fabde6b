import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection, Json } from '@duckdb/node-api';
import {
  Bool,
  Data,
  type DataType,
  Field,
  Float64,
  Int32,
  Int64,
  makeData,
  RecordBatch,
  RecordBatchFileWriter,
  Schema,
  Struct,
  TimestampMicrosecond,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import { exportedTables } from '../store/export.ts';
import { identifier } from '../store/schema.ts';

const BATCH_ROWS = 65_536;

/** How a DuckDB type is written, and a value of it as DuckDB gives it in JSON. */
interface Written {
  readonly type: DataType;
  /** The type of the column, where its values are made as another one of the same layout. */
  readonly shown?: DataType;
  readonly value: (json: Json) => unknown;
}

const AS_TEXT: Written = {
  type: new Utf8(),
  value: textOf,
};
const TYPES: Readonly<Record<string, Written>> = {
  BOOLEAN: { type: new Bool(), value: Boolean },
  INTEGER: { type: new Int32(), value: (json) => Number(textOf(json)) },
  BIGINT: { type: new Int64(), value: (json) => BigInt(textOf(json)) },
  DOUBLE: { type: new Float64(), value: (json) => Number(textOf(json)) },
  TIMESTAMP: { type: new Int64(), shown: new TimestampMicrosecond(), value: (json) => microseconds(textOf(json)) },
};

/** Writes every table that has rows as one Arrow file (IPC) `TABLE.arrow`; returns the number of rows. Times are UTC. */
export async function exportArrow(connection: DuckDBConnection, folder: string): Promise<number> {
  let rows = 0;
  for (const { name } of await exportedTables(connection))
    rows += await writeTable(connection, name, join(folder, `${name}.arrow`));
  return rows;
}

async function writeTable(connection: DuckDBConnection, name: string, path: string): Promise<number> {
  const result = await connection.stream(`from ${identifier(name)}`);
  const written = result.columnTypes().map((type) => TYPES[type.toString()] ?? AS_TEXT);
  const schema = new Schema(
    result.columnNames().map((column, i) => new Field(column, written[i]!.shown ?? written[i]!.type, true)),
  );
  const writer = new RecordBatchFileWriter();
  const sending: Promise<void>[] = [];
  let rows = 0;
  let waiting: Json[][] = [];
  const flush = async (): Promise<void> => {
    if (waiting.length === 0) return;
    if (sending.length === 0) {
      writer.reset(undefined, schema);
      sending.push(toFile(writer, path));
    }
    writer.write(batchOf(schema, written, waiting));
    rows += waiting.length;
    waiting = [];
    await new Promise((resolve) => setImmediate(resolve));
  };
  for await (const chunk of result.yieldRowsJson()) {
    for (const row of chunk) waiting.push(row);
    if (waiting.length >= BATCH_ROWS) await flush();
  }
  await flush();
  if (sending.length > 0) {
    writer.finish();
    await Promise.all(sending);
  }
  return rows;
}

async function toFile(writer: RecordBatchFileWriter, path: string): Promise<void> {
  const file = await open(path, 'wx');
  try {
    for await (const piece of writer) await file.write(piece as Uint8Array);
  } finally {
    await file.close();
  }
}

function batchOf(schema: Schema, written: readonly Written[], rows: readonly Json[][]): RecordBatch {
  const children = written.map(({ type, shown, value }, i) => {
    const values = rows.map((row) => (row[i] === null || row[i] === undefined ? null : value(row[i])));
    const data = vectorFromArray(values, type).data[0]!;
    if (shown === undefined) return data;
    return new Data(shown, 0, data.length, data.nullCount, [undefined, data.values, data.nullBitmap]);
  });
  return new RecordBatch(
    schema,
    makeData({ type: new Struct(schema.fields), length: rows.length, nullCount: 0, children }),
  );
}

/** `2026-11-22 23:19:01.082345` (UTC) as microseconds since 1970: a number of JavaScript has no room for all of them. */
function microseconds(text: string): bigint {
  const [, seconds, fraction = ''] = /^([^.]*)(?:\.(\d+))?$/.exec(text) ?? [];
  return BigInt(Date.parse(`${seconds!.replace(' ', 'T')}Z`)) * 1000n + BigInt(fraction.padEnd(6, '0'));
}

function textOf(json: Json): string {
  return typeof json === 'string' ? json : JSON.stringify(json);
}
