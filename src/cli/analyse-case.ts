import type { Command } from 'commander';
import { analyse } from '../analysis/analyse.ts';
import type { Postmortem } from '../analysis/document.ts';
import { loadSources } from '../ingest/load-sources.ts';
import { tableSources } from '../ingest/table-sources.ts';
import type { Console } from './console.ts';
import { parseInstant } from './instant.ts';
import { withCase } from './open-case.ts';
import { VERSION } from './version.ts';

/** Options shared by the commands that analyse captures or a case. */
export interface AnalyseArguments {
  readonly case?: string;
  readonly run?: string;
  readonly since?: string;
  readonly until?: string;
  readonly queries?: string;
}

/** Adds the shared argument and options to a command. */
export function addAnalyseOptions(command: Command): Command {
  return command
    .argument('[capture...]', 'a .tar, .tar.gz or .tgz, a folder of them, an unpacked capture, or - for stdin')
    .option('--case <file>', 'a case file: the captures are added to it, and all of it is analysed')
    .option('--run <name>', 'run to import the captures as; without captures: the run of the case to look at')
    .option('--since <time>', 'look at nothing before this time (UTC unless it has a zone)', parseInstant)
    .option('--until <time>', 'look at nothing after this time', parseInstant)
    .option('--queries <dir>', 'a folder with findings of your own; the same id replaces ours');
}

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
      ...(options.run === undefined ? {} : { runs: [options.run] }),
      ...(options.since === undefined ? {} : { since: options.since }),
      ...(options.until === undefined ? {} : { until: options.until }),
    }),
  );
}
