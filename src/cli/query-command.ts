import { type Command, Option } from 'commander';
import { processConsole } from './console.ts';
import { QUERY_FORMATS, type QueryFormat } from './query-output.ts';

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
      const { runQuery } = await import('./run-query.ts');
      await runQuery(sql, options, console);
    });
}
