import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { loadSources, tablesOf } from '../../src/ingest/load-sources.ts';
import { schemaStatements } from '../../src/store/schema.ts';

/** An empty case in memory, with the tables that the sources declare. */
export async function openCase(): Promise<{ connection: DuckDBConnection; close: () => void }> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  for (const statement of schemaStatements(tablesOf(await loadSources()), '0.0.0-sim')) await connection.run(statement);
  const close = (): void => {
    connection.closeSync();
    instance.closeSync();
  };
  return { connection, close };
}
