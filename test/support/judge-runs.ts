import type { DuckDBConnection } from '@duckdb/node-api';
import { type JudgedFinding, readFinding } from '../../src/analysis/finding-document.ts';
import { loadLibrary } from '../../src/analysis/library.ts';
import { runLibrary } from '../../src/analysis/run-library.ts';
import { dropScope, makeScope } from '../../src/analysis/scope.ts';
import { tableSources } from '../queries/small-case.ts';

/** What the library finds in all runs of a case. */
export interface JudgedRuns {
  /** Findings of each run, by its name. */
  readonly of: (run: string) => readonly JudgedFinding[];
  /** Findings that the evidence of no run can show. */
  readonly unchecked: readonly string[];
}

/** Runs the library once over all runs of a case, because a query takes as long for one as for dozens. */
export async function judgeRuns(connection: DuckDBConnection): Promise<JudgedRuns> {
  const library = await loadLibrary();
  const tables = await makeScope(connection, {});
  try {
    const { findings, unchecked } = await runLibrary(connection, library, tables, tableSources, {});
    const judged = findings.flatMap(({ file, rows }) => rows.map((row) => readFinding(file, row)));
    return {
      of: (run) => judged.filter((item) => item.run === run),
      unchecked: unchecked.map(({ file }) => file.id),
    };
  } finally {
    await dropScope(connection, tables);
  }
}
