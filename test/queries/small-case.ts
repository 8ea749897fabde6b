import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { TableSources } from '../../src/analysis/run-library.ts';
import { loadSources, tablesOf } from '../../src/ingest/load-sources.ts';
import { schemaStatements } from '../../src/store/schema.ts';
import { projectRoot } from '../support/project.ts';

const sources = await loadSources();

/** Which sources fill which table, from the declarations. */
export const tableSources: TableSources = Object.fromEntries(
  tablesOf(sources).map((table) => [
    table.name,
    sources.filter((source) => source.tables.includes(table)).map((source) => source.id),
  ]),
);

/** An in-memory case with the declared tables, empty; then the given SQL files of `test/queries`, one after the other. */
export async function smallCase(
  t: Pick<TestContext, 'after'>,
  ...inputs: readonly string[]
): Promise<DuckDBConnection> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  t.after(() => {
    connection.closeSync();
    instance.closeSync();
  });
  for (const statement of schemaStatements(tablesOf(sources), '0.0.0-test')) await connection.run(statement);
  for (const input of inputs)
    await runScript(connection, readFileSync(join(projectRoot, 'test/queries', input), 'utf8'));
  return connection;
}

/** Whether `test/queries` has that file. */
export function hasInput(input: string): boolean {
  return existsSync(join(projectRoot, 'test/queries', input));
}

async function runScript(connection: DuckDBConnection, script: string): Promise<void> {
  const statements = await connection.extractStatements(script);
  for (let at = 0; at < statements.count; at++) await (await statements.prepare(at)).run();
}
