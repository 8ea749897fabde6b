import type { DuckDBConnection, DuckDBResultReader } from '@duckdb/node-api';
import { CliError } from '../../base/errors.ts';

const SPILL = '1GB';
/** `StatementType` of DuckDB: what only reads. */
const SELECT = 1;
const EXPLAIN = 4;

/** From here on no file and no network is to be had on this database, and nothing of this can be undone. */
export async function lockDown(connection: DuckDBConnection): Promise<void> {
  await connection.run(`set max_temp_directory_size = '${SPILL}'`);
  await connection.run('set enable_external_access = false');
  await connection.run('set lock_configuration = true');
}

/** Runs one statement that reads, until it gave so many rows. Throws a CliError, or what DuckDB says. */
export async function runLocked(connection: DuckDBConnection, sql: string, rows: number): Promise<DuckDBResultReader> {
  const statements = await connection.extractStatements(sql);
  if (statements.count !== 1) throw new CliError('write one statement', 2);
  const prepared = await statements.prepare(0);
  const type: number = prepared.statementType;
  if (type !== SELECT && type !== EXPLAIN)
    throw new CliError(
      'only what reads is allowed here (select, from, with, describe, explain): the case is not changed',
      2,
    );
  return prepared.streamAndReadUntil(rows);
}
