import type { DuckDBConnection, DuckDBValue, Json } from '@duckdb/node-api';
import type { Instant } from './document.ts';
import { QueryError } from './query-error.ts';
import type { QueryFile } from './query-file.ts';
import { rowProbe } from './row-probe.ts';

/** A row as plain JSON: numbers are numbers, BIGINTs are decimal texts, timestamps are `YYYY-MM-DD hh:mm:ss[.ffffff]`. */
export type Row = Readonly<Record<string, Json>>;

/** Values of `finding.parameter` that replace the defaults of the headers. */
export type ParameterValues = Readonly<Record<string, number | string | boolean>>;

/** Runs a query file and returns its rows. Its parameters are bound, never pasted. Throws a `QueryError`. */
export async function runQuery(connection: DuckDBConnection, file: QueryFile, values: ParameterValues): Promise<Row[]> {
  return run(connection, file, file.sql, values);
}

/** Whether a query has a row, where its layout lets that be asked; true where it does not. */
export async function mayHaveRows(
  connection: DuckDBConnection,
  file: QueryFile,
  values: ParameterValues,
): Promise<boolean> {
  const probe = rowProbe(file.sql);
  if (probe === null) return true;
  const params = file.params.filter((param) => new RegExp(`\\$${param.name}\\b`).test(probe));
  return (await run(connection, { ...file, params }, probe, values)).length > 0;
}

/** Runs a query file for its effect: its rows go into the table `target`, by name. */
export async function runInto(
  connection: DuckDBConnection,
  file: QueryFile,
  target: string,
  values: ParameterValues,
): Promise<void> {
  await run(connection, file, `insert into ${target} by name ${file.sql}`, values);
}

/** Makes the temporary table that a relation is: its header's columns, filled by its statement. */
export async function makeRelation(
  connection: DuckDBConnection,
  file: QueryFile,
  values: ParameterValues,
): Promise<void> {
  const columns = file.columns.map((column) => `"${column.name}" ${column.type}`).join(', ');
  await connection.run(`create or replace temp table "${file.id}" (${columns})`);
  await runInto(connection, file, `temp."${file.id}"`, values);
}

async function run(
  connection: DuckDBConnection,
  file: QueryFile,
  sql: string,
  values: ParameterValues,
): Promise<Row[]> {
  try {
    if (file.params.length === 0) return (await connection.runAndReadAll(sql)).getRowObjectsJson();
    const bound: Record<string, DuckDBValue> = {};
    for (const param of file.params) bound[param.name] = values[`${file.id}.${param.name}`] ?? param.value;
    return (await connection.runAndReadAll(sql, bound)).getRowObjectsJson();
  } catch (error) {
    throw new QueryError(file.path, error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** A text column; null stays null. */
export function textAt(row: Row, column: string): string | null {
  const value = row[column];
  if (value === null || value === undefined) return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A number column, BIGINT included; null stays null. */
export function numberAt(row: Row, column: string): number | null {
  const value = row[column];
  return value === null || value === undefined ? null : Number(value);
}

/** A timestamp column as ISO 8601 with milliseconds. */
export function instantAt(row: Row, column: string): Instant | null {
  const text = textAt(row, column);
  return text === null ? null : toInstant(text);
}

/** `2026-11-22 20:46:09.5` (UTC) as `2026-11-22T20:46:09.500Z`; ISO texts pass through. */
export function toInstant(text: string): Instant {
  return new Date(`${text.trim().replace(' ', 'T').replace(/Z$/, '')}Z`).toISOString();
}
