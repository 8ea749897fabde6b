import type { DuckDBConnection } from '@duckdb/node-api';
import type { Alignment } from '../analysis/comparison/align.ts';
import { compareRuns } from '../analysis/comparison/compare.ts';
import type { Expectation } from '../analysis/comparison/hypotheses.ts';
import type { SideChoice } from '../analysis/comparison/read-side.ts';
import type { Comparison } from '../analysis/comparison-document.ts';
import { loadSources } from '../ingest/load-sources.ts';
import { tableSources } from '../ingest/table-sources.ts';
import type { Console } from './console.ts';
import { VERSION } from './version.ts';

/** What was asked for beside the two sides. */
export interface CompareCaseOptions {
  readonly align: Alignment;
  readonly guard: number;
  readonly expect?: readonly Expectation[];
  readonly queries?: string;
}

/** Compares two sides of an open case, saying how far it is. */
export async function compareCase(
  connection: DuckDBConnection,
  before: SideChoice,
  after: SideChoice,
  options: CompareCaseOptions,
  console: Console,
): Promise<Comparison> {
  return compareRuns(connection, before, after, {
    lastackVersion: VERSION,
    tableSources: tableSources(await loadSources()),
    align: options.align,
    guardS: options.guard,
    ...(options.expect === undefined ? {} : { expect: options.expect }),
    ...(options.queries === undefined ? {} : { queries: [options.queries] }),
    onSide: (side) => console.say(`diagnosed "${side}"`),
  });
}
