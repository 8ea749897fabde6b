import type { Command } from 'commander';
import { number } from '../base/quantity.ts';
import { accountingLine } from './accounting-line.ts';
import { processConsole, withTempFolder } from './console.ts';
import { addLimitOptions, type LimitArguments, limitsOf } from './limit-options.ts';
import { addLogFormatOption } from './log-format-option.ts';

interface ImportArguments extends LimitArguments {
  readonly case: string;
  readonly run?: string;
  readonly logFormat?: string;
}

/** `lastack import CAPTURE... --case FILE` */
export function addImportCommand(program: Command): void {
  const command = program
    .command('import')
    .summary('read captures into a case file')
    .description(
      'Reads captures into a case file. A capture that is already in it is left out, so an import that was stopped can be run again.',
    )
    .argument(
      '<capture...>',
      'captures, sosreports, pt-stalk collections, logs or outputs of tools: archives, files or folders; - for stdin',
    )
    .requiredOption('--case <file>', 'the case file; made when it does not exist')
    .option('--run <name>', 'run the captures belong to (default: the collector’s --label, else "default")');
  addLogFormatOption(addLimitOptions(command))
    .addHelpText(
      'after',
      '\nExamples:\n  lastack import captures/ --case outage.duckdb\n  lastack import tuned/ --case outage.duckdb --run after',
    )
    .action(async (captures: string[], options: ImportArguments) => {
      const console = processConsole(program.opts<{ quiet?: boolean }>().quiet === true);
      const { importInto } = await import('./open-case.ts');
      const result = await withTempFolder((folder) =>
        importInto(
          options.case,
          {
            captures,
            casePath: options.case,
            run: options.run,
            limits: limitsOf(options),
            logFormat: options.logFormat,
          },
          folder,
          console,
        ),
      );
      const known = result.known === 0 ? '' : `, ${result.known} captures were there already`;
      console.say(`${options.case}: ${number(result.samples)} samples, ${number(result.rows)} rows${known}`);
      console.say(accountingLine(result, 'the table reject'));
    });
}
