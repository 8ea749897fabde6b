import type { DuckDBConnection } from '@duckdb/node-api';
import { statementOfQuery } from '../analysis/query-by-id.ts';
import { CliError } from '../base/errors.ts';
import { loadSources } from '../ingest/load-sources.ts';
import { tableSources } from '../ingest/table-sources.ts';
import { identifier } from '../store/schema.ts';
import type { Console } from './console.ts';
import { withCase } from './open-case.ts';
import { type QueryFormat, writeQueryResult } from './query-output.ts';

/** What `lastack query` was asked for. */
export interface QueryArguments {
  readonly case: string;
  readonly format: QueryFormat;
  readonly queries?: string;
}

/** Runs a statement, or what a name stands for, and writes its rows. Throws a CliError (exit 2) with what DuckDB says. */
export async function runQuery(sql: string, options: QueryArguments, console: Console): Promise<void> {
  await withCase({ captures: [], casePath: options.case, run: undefined }, console, async (connection) => {
    try {
      await writeQueryResult(connection, await statementFor(connection, sql, options.queries), options.format, console);
    } catch (error) {
      throw new CliError(
        `the query failed: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`,
        2,
        { cause: error },
      );
    }
  });
}

const NAME = /^[\w-]+$/;

/** SQL as it is; a name becomes the table's rows or the library query's. */
async function statementFor(connection: DuckDBConnection, sql: string, queries: string | undefined): Promise<string> {
  if (!NAME.test(sql)) return sql;
  const tables = await connection.runAndReadAll('select 1 from duckdb_tables() where table_name = $1', [sql]);
  if (tables.currentRowCount > 0) return `from ${identifier(sql)}`;
  const choice = { queries: queries === undefined ? [] : [queries], tableSources: tableSources(await loadSources()) };
  const statement = await statementOfQuery(connection, sql, choice);
  if (statement === null) throw new Error(`no table and no query of the library is called "${sql}"`);
  return statement;
}
