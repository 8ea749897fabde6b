import type { DuckDBConnection } from '@duckdb/node-api';
import { type AnalyseOptions, analyse } from '../analysis/analyse.ts';
import type { Postmortem } from '../analysis/document.ts';
import { loadSources } from '../ingest/load-sources.ts';
import { tableSources } from '../ingest/table-sources.ts';
import type { AnalyseArguments } from './analyse-options.ts';
import type { Console } from './console.ts';
import { limitsOf } from './limit-options.ts';
import { withCase } from './open-case.ts';
import { VERSION } from './version.ts';

/** Imports what is to be imported, analyses it, and returns the postmortem. */
export function analyseCase(
  captures: readonly string[],
  options: AnalyseArguments,
  console: Console,
): Promise<Postmortem> {
  return withAnalysis(captures, options, console, analyse);
}

/** Imports what is to be imported, and hands the case and what was asked for to `body`. */
export async function withAnalysis<T>(
  captures: readonly string[],
  options: AnalyseArguments,
  console: Console,
  body: (connection: DuckDBConnection, options: AnalyseOptions) => Promise<T>,
): Promise<T> {
  const { case: casePath, run, logFormat } = options;
  const input = { captures, casePath, run, limits: limitsOf(options), logFormat };
  const sources = await loadSources();
  return withCase(input, console, (connection) =>
    body(connection, {
      lastackVersion: VERSION,
      tableSources: tableSources(sources),
      ...(options.queries === undefined ? {} : { queries: [options.queries] }),
      ...(options.set === undefined ? {} : { parameters: options.set }),
      ...(options.run === undefined ? {} : { runs: [options.run] }),
      ...(options.since === undefined ? {} : { since: options.since }),
      ...(options.until === undefined ? {} : { until: options.until }),
    }),
  );
}
