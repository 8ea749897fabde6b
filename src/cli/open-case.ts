import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { CliError } from '../base/errors.ts';
import { type Found, findCaptures, spoolStdin } from '../capture/find.ts';
import { DEFAULT_LIMITS, type Limits } from '../capture/limits.ts';
import { printable } from '../capture/member-name.ts';
import { type ImportResult, importCaptures } from '../ingest/import.ts';
import { loadSources, tablesOf } from '../ingest/load-sources.ts';
import { type Readers, readersFor } from '../ingest/readers.ts';
import { CaseFile } from '../store/case-file.ts';
import { type Console, withTempFolder } from './console.ts';
import { progressView } from './progress.ts';
import { VERSION } from './version.ts';

const NOTES_SAID = 30;

export interface CaseInput {
  /** Captures as named on the command line; `-` is standard input. */
  readonly captures: readonly string[];
  readonly casePath: string | undefined;
  readonly run: string | undefined;
  readonly limits?: Limits;
  readonly logFormat?: string | undefined;
}

/**
 * Runs `body` on a case: the given file, after importing the captures into it when there are any; without a file,
 * a case in a temporary folder that is gone afterwards.
 */
export async function withCase<T>(
  input: CaseInput,
  console: Console,
  body: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const { captures, casePath } = input;
  if (captures.length === 0) {
    if (casePath === undefined)
      throw new CliError('name captures (a .tar.gz, a folder of them, or - for stdin) or a case with --case FILE', 2);
    return useCase(await CaseFile.openReadOnly(casePath), body);
  }
  return withTempFolder(async (folder) => {
    const path = casePath ?? join(folder, 'case.duckdb');
    await importInto(path, input, folder, console);
    return useCase(await CaseFile.openReadOnly(path), body);
  });
}

/** Imports captures into the case at `path`, which is made when it does not exist. */
export async function importInto(
  path: string,
  input: CaseInput,
  tempFolder: string,
  console: Console,
): Promise<ImportResult> {
  const found = await findCaptures(await resolveStdin(input.captures, tempFolder));
  const readers = readersFor(found.captures.length);
  try {
    return await importWith(readers, found, path, input, console);
  } finally {
    await readers.stop();
  }
}

async function importWith(
  readers: Readers,
  found: Found,
  path: string,
  input: CaseInput,
  console: Console,
): Promise<ImportResult> {
  const sources = await loadSources();
  const isNew = !existsSync(path);
  const making = CaseFile.openOrCreate(path, { tables: tablesOf(sources), lastackVersion: VERSION });
  const view = progressView(console);
  try {
    const result = await importCaptures(isNew ? { making } : await making, sources, found, readers, {
      run: input.run ?? null,
      limits: input.limits ?? DEFAULT_LIMITS,
      logFormat: input.logFormat,
      onProgress: (progress) => view.update(progress),
    });
    view.stop();
    sayNotes(result.notes, console);
    return result;
  } catch (error) {
    await closeMade(making);
    if (isNew && error instanceof CliError)
      await Promise.all([path, `${path}.wal`].map((made) => rm(made, { force: true })));
    throw error;
  } finally {
    view.stop();
    await closeMade(making);
  }
}

async function closeMade(making: Promise<CaseFile>): Promise<void> {
  await making.then(
    (file) => file.close(),
    () => undefined,
  );
}

/** What many captures say alike is said once. */
function sayNotes(notes: ImportResult['notes'], console: Console): void {
  const sources = new Map<string, string[]>();
  for (const { path, note } of notes) {
    const said = sources.get(note);
    if (said === undefined) sources.set(note, [path]);
    else said.push(path);
  }
  for (const [note, [first, ...more]] of [...sources].slice(0, NOTES_SAID))
    console.say(`${printable(first!)}${more.length > 0 ? ` and ${more.length} more` : ''}: ${note}`);
  if (sources.size > NOTES_SAID) console.say(`and ${sources.size - NOTES_SAID} more notes, in the table import_note`);
}

async function useCase<T>(file: CaseFile, body: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  try {
    return await body(file.connection);
  } finally {
    file.close();
  }
}

async function resolveStdin(captures: readonly string[], tempFolder: string): Promise<readonly string[]> {
  if (!captures.includes('-')) return captures;
  const spooled = join(tempFolder, 'stdin');
  await spoolStdin(process.stdin, spooled);
  return captures.map((capture) => (capture === '-' ? spooled : capture));
}
