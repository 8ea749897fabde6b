import { Command } from 'commander';
import { addCollectCommand } from './collect-command.ts';
import { addCompareCommand } from './compare-command.ts';
import { addExplainCommand } from './explain-command.ts';
import { addExportCommand } from './export-command.ts';
import { addFindingsCommand } from './findings-command.ts';
import { addImportCommand } from './import-command.ts';
import { addNoteCommand } from './note-command.ts';
import { addQueryCommand } from './query-command.ts';
import { addRedactCommand } from './redact-command.ts';
import { addReportCommand } from './report-command.ts';
import { addServeCommand } from './serve-command.ts';
import { VERSION } from './version.ts';

/** The command line, without running it: each command lives in a file of its own. */
export function createProgram(): Command {
  const program = new Command('lastack')
    .description('Postmortems of network outages on Linux/Apache hosts, from captures of lastack-collect.')
    .version(VERSION)
    .option('--quiet', 'no progress and no notes on stderr')
    .exitOverride()
    .showHelpAfterError('(lastack --help shows the commands)')
    .addHelpText('after', '\nExit codes: 0 done, 1 a bug, 2 wrong usage, 3 nothing readable in the input.');
  program.configureHelp({ sortSubcommands: false });
  addReportCommand(program);
  addCompareCommand(program);
  addImportCommand(program);
  addFindingsCommand(program);
  addQueryCommand(program);
  addExportCommand(program);
  addNoteCommand(program);
  addServeCommand(program);
  addExplainCommand(program);
  addCollectCommand(program);
  addRedactCommand(program);
  for (const command of program.commands) command.exitOverride();
  return program;
}
