import type { DuckDBConnection } from '@duckdb/node-api';
import { identifier, literal } from '../store/schema.ts';
import { loadLibrary, type QueryLibrary } from './library.ts';
import type { QueryFile } from './query-file.ts';
import { makeRelation } from './rows.ts';
import { runLibrary, type TableSources } from './run-library.ts';
import { makeScope } from './scope.ts';

const BUILT: readonly string[] = ['metric', 'episode'];

/** Where the library is taken from, and what is known of the captured tables. */
export interface LibraryChoice {
  readonly queries: readonly string[];
  readonly tableSources: TableSources;
}

/**
 * Makes the results of the library available to plain SQL on this connection, as temporary tables (`metric`, `episode`,
 * the relations), and returns a statement for the query of that id: its rows. Null when the library has no such id.
 */
export async function statementOfQuery(
  connection: DuckDBConnection,
  id: string,
  { queries, tableSources }: LibraryChoice,
): Promise<string | null> {
  const library = await loadLibrary(queries);
  const built = BUILT.includes(id);
  const file = Object.values(library)
    .flat()
    .find((candidate) => candidate.id === id && candidate.kind !== 'functions');
  if (file === undefined && !built) return null;
  await runLibrary(connection, library, await makeScope(connection, {}), tableSources, {});
  if (file === undefined) return `from temp.${id} order by all`;
  return statementOf(connection, file);
}

/** Makes what the library gives available to plain SQL on this connection: `metric`, `episode`, the relations and functions. */
export async function makeLibrary(
  connection: DuckDBConnection,
  { queries, tableSources }: LibraryChoice,
): Promise<void> {
  const library = await loadLibrary(queries);
  await runLibrary(connection, library, await makeScope(connection, {}), tableSources, {});
}

/** The names that `makeLibrary` brings. */
export function libraryNames({ functions, relations }: QueryLibrary): ReadonlySet<string> {
  return new Set([...BUILT, ...[...functions, ...relations].map(({ id }) => id)]);
}

async function statementOf(connection: DuckDBConnection, file: QueryFile): Promise<string> {
  if (file.kind === 'metrics') {
    const names = file.metrics.map((metric) => literal(metric.name)).join(', ');
    return `from temp.metric where metric in (${names}) order by all`;
  }
  if (file.kind === 'episodes') return 'from temp.episode order by all';
  if (file.kind !== 'relations') await makeRelation(connection, file, {});
  return `from temp.${identifier(file.id)} order by all`;
}
