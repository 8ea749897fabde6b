import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { type Command, Option } from 'commander';
import { CliError } from '../base/errors.ts';
import { number } from '../base/quantity.ts';
import { processConsole } from './console.ts';

const FORMATS = ['parquet', 'arrow'] as const;

interface ExportArguments {
  readonly case: string;
  readonly to: string;
  readonly format: (typeof FORMATS)[number];
}

/** `lastack export --case FILE --to DIR` */
export function addExportCommand(program: Command): void {
  program
    .command('export')
    .summary('write a case as Parquet or Arrow files')
    .description(
      'Writes the tables of a case into a new folder: Parquet files by host and day, or one Arrow file (IPC) a table.',
    )
    .requiredOption('--case <file>', 'the case file')
    .requiredOption('--to <dir>', 'the folder to make; it must not exist, or be empty')
    .addOption(new Option('--format <format>', 'what to write').choices(FORMATS).default('parquet'))
    .addHelpText(
      'after',
      '\nExamples:\n  lastack export --case outage.duckdb --to outage-parquet\n  lastack export --case outage.duckdb --to outage-arrow --format arrow',
    )
    .action(async (options: ExportArguments) => {
      const console = processConsole(program.opts<{ quiet?: boolean }>().quiet === true);
      const { CaseFile } = await import('../store/case-file.ts');
      const file = await CaseFile.openReadOnly(options.case);
      try {
        const rows = await intoNewFolder(options.to, (folder) => writeTables(file.connection, folder, options.format));
        console.say(`${options.to}: ${number(rows)} rows`);
      } finally {
        file.close();
      }
    });
}

async function writeTables(
  connection: DuckDBConnection,
  folder: string,
  format: ExportArguments['format'],
): Promise<number> {
  if (format === 'parquet') return (await import('../store/export.ts')).exportParquet(connection, folder);
  return (await import('./export-arrow.ts')).exportArrow(connection, folder);
}

/** Makes the folder whole or not at all. */
async function intoNewFolder(target: string, body: (folder: string) => Promise<number>): Promise<number> {
  const path = resolve(target);
  let partial: string | null = null;
  try {
    if (existsSync(path) && (await readdir(path)).length > 0)
      throw new CliError(`${target} is not empty; name a folder that does not exist yet`, 2);
    await mkdir(dirname(path), { recursive: true });
    partial = await mkdtemp(join(dirname(path), `.${basename(path)}.`));
    const rows = await body(partial);
    if (existsSync(path)) await rmdir(path);
    await rename(partial, path);
    return rows;
  } catch (error) {
    if (partial !== null) await rm(partial, { recursive: true, force: true });
    if (error instanceof CliError) throw error;
    throw new CliError(`cannot write ${target}: ${(error as Error).message.split('\n')[0]}`, 2, { cause: error });
  }
}
