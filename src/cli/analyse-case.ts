import { analyse } from '../analysis/analyse.ts';
import type { Postmortem } from '../analysis/document.ts';
import { loadSources } from '../ingest/load-sources.ts';
import { tableSources } from '../ingest/table-sources.ts';
import type { AnalyseArguments } from './analyse-options.ts';
import type { Console } from './console.ts';
import { withCase } from './open-case.ts';
import { VERSION } from './version.ts';

/** Imports what is to be imported, analyses it, and returns the postmortem. */
export async function analyseCase(
  captures: readonly string[],
  options: AnalyseArguments,
  console: Console,
): Promise<Postmortem> {
  const input = { captures, casePath: options.case, run: options.run };
  const sources = await loadSources();
  return withCase(input, console, (connection) =>
    analyse(connection, {
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
