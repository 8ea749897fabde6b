import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Found } from '../../src/capture/find.ts';
import { findCaptures } from '../../src/capture/find.ts';
import { type ImportOptions, type ImportResult, importCaptures } from '../../src/ingest/import.ts';
import { loadSources, tablesOf } from '../../src/ingest/load-sources.ts';
import { Readers, readersFor } from '../../src/ingest/readers.ts';
import { CaseFile } from '../../src/store/case-file.ts';
import { tempFolder } from './archives.ts';

/** A case file with captures in it, closed and removed with the test. */
export interface TestCase {
  readonly path: string;
  readonly file: CaseFile;
  readonly result: ImportResult;
  /** Rows of a query, values as JSON. */
  query(sql: string): Promise<readonly Record<string, unknown>[]>;
}

/** `threads`: how many read; absent: as an import has them. */
type TestOptions = Partial<ImportOptions> & { readonly threads?: number };

/** Imports captures into a case of its own. */
export async function importedCase(
  t: TestContext,
  captures: readonly string[],
  options: TestOptions = {},
): Promise<TestCase> {
  const path = join(await tempFolder(t), 'case.duckdb');
  return importAgain(t, path, await findCaptures(captures), options);
}

/** Imports into a case at `path`, new or not. */
export async function importAgain(
  t: TestContext,
  path: string,
  found: Found,
  options: TestOptions = {},
): Promise<TestCase> {
  const sources = await loadSources();
  const file = await CaseFile.openOrCreate(path, { tables: tablesOf(sources), lastackVersion: '0.0.0-test' });
  t.after(() => file.close());
  const readers = options.threads === undefined ? readersFor(found.captures.length) : new Readers(options.threads);
  const result = await importCaptures(file, sources, found, readers, { run: null, ...options });
  const query = async (sql: string): Promise<readonly Record<string, unknown>[]> =>
    (await file.connection.runAndReadAll(sql)).getRowObjectsJson();
  return { path, file, result, query };
}
