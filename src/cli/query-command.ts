import type { DuckDBConnection } from '@duckdb/node-api';
import { type Command, Option } from 'commander';
import { statementOfQuery } from '../analysis/query-by-id.ts';
import { CliError } from '../base/errors.ts';
import { loadSources } from '../ingest/load-sources.ts';
import { tableSources } from '../ingest/table-sources.ts';
import { identifier } from '../store/schema.ts';
import { processConsole } from './console.ts';
import { withCase } from './open-case.ts';
import { QUERY_FORMATS, type QueryFormat, writeQueryResult } from './query-output.ts';

/** `lastack query --case FILE SQL|ID` */
export function addQueryCommand(program: Command): void {
  program
    .command('query')
    .summary('run SQL, or a query of the library, on a case file')
    .description('Runs one SQL statement on a case file, read-only. The rows go to stdout.')
    .argument('<sql>', 'a SELECT statement, a table’s name, or the id of a finding or metric file')
    .requiredOption('--case <file>', 'the case file')
    .option('--queries <dir>', 'a folder with queries of your own')
    .addOption(new Option('--format <format>', 'how to print the rows').choices(QUERY_FORMATS).default('table'))
    .addHelpText(
      'after',
      '\nExamples:\n  lastack query --case outage.duckdb "select ts, count(*) from socket where state = \'LAST_ACK\' group by ts order by ts"\n  lastack query --case outage.duckdb --format parquet conntrack > conntrack.parquet\n  lastack query --case outage.duckdb syn-flood',
    )
    .action(async (sql: string, options: { case: string; format: QueryFormat; queries?: string }) => {
      const console = processConsole(program.opts<{ quiet?: boolean }>().quiet === true);
      await withCase({ captures: [], casePath: options.case, run: undefined }, console, async (connection) => {
        try {
          await writeQueryResult(connection, await resolve(connection, sql, options.queries), options.format, console);
        } catch (error) {
          throw new CliError(
            `the query failed: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`,
            2,
            { cause: error },
          );
        }
      });
    });
}

const NAME = /^[\w-]+$/;

/** SQL as it is; a name becomes the table's rows or the library query's. */
async function resolve(connection: DuckDBConnection, sql: string, queries: string | undefined): Promise<string> {
  if (!NAME.test(sql)) return sql;
  const tables = await connection.runAndReadAll('select 1 from duckdb_tables() where table_name = $1', [sql]);
  if (tables.currentRowCount > 0) return `from ${identifier(sql)}`;
  const choice = { queries: queries === undefined ? [] : [queries], tableSources: tableSources(await loadSources()) };
  const statement = await statementOfQuery(connection, sql, choice);
  if (statement === null) throw new Error(`no table and no query of the library is called "${sql}"`);
  return statement;
}
