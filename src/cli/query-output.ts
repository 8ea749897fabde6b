import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection, DuckDBResultReader, Json } from '@duckdb/node-api';
import { literal } from '../store/schema.ts';
import { type Console, withTempFolder } from './console.ts';

export const QUERY_FORMATS = ['table', 'json', 'csv', 'arrow', 'parquet'] as const;
export type QueryFormat = (typeof QUERY_FORMATS)[number];

const COPY_OPTIONS: Partial<Record<QueryFormat, string>> = {
  csv: 'format csv, header',
  json: 'format json, array true',
  parquet: 'format parquet',
};

/** Writes the rows of one statement as data. Throws what DuckDB says of the statement. */
export async function writeQueryResult(
  connection: DuckDBConnection,
  sql: string,
  format: QueryFormat,
  console: Console,
): Promise<void> {
  const copy = COPY_OPTIONS[format];
  if (copy !== undefined) {
    await withTempFolder(async (folder) => {
      const path = join(folder, 'result');
      await connection.run(`copy (${sql}\n) to ${literal(path)} (${copy})`);
      for await (const chunk of createReadStream(path)) await console.data(chunk as Uint8Array);
    });
    return;
  }
  const reader = await connection.runAndReadAll(sql);
  if (format === 'arrow') {
    const { tableFromJSON, tableToIPC } = await import('apache-arrow');
    await console.data(tableToIPC(tableFromJSON(reader.getRowObjectsJson() as Record<string, unknown>[]), 'file'));
  } else {
    await console.data(alignedTable(reader));
  }
}

/** A plain table: columns as wide as their widest value, numbers to the right. */
function alignedTable(reader: DuckDBResultReader): string {
  const names = reader.columnNames();
  const rows = reader.getRowsJson().map((row) => row.map(cell));
  const numeric = reader.columnTypes().map((type) => /INT|DOUBLE|FLOAT|DECIMAL/.test(type.toString()));
  const widths = names.map((name, i) => rows.reduce((width, row) => Math.max(width, row[i]!.length), name.length));
  const line = (cells: readonly string[]): string =>
    cells
      .map((text, i) => (numeric[i] ? text.padStart(widths[i]!) : text.padEnd(widths[i]!)))
      .join('  ')
      .trimEnd();
  return [line(names), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line), ''].join('\n');
}

function cell(value: Json): string {
  if (value === null) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, '?');
}
