import { type Command, InvalidArgumentError } from 'commander';
import { parseInstant } from './instant.ts';
import { addLimitOptions, type LimitArguments } from './limit-options.ts';
import { addLogFormatOption } from './log-format-option.ts';

/** Options shared by the commands that analyse captures or a case. */
export interface AnalyseArguments extends LimitArguments {
  readonly case?: string;
  readonly run?: string;
  readonly since?: string;
  readonly until?: string;
  readonly queries?: string;
  readonly set?: Readonly<Record<string, string>>;
  readonly logFormat?: string;
}

/** Adds the shared argument and options to a command. */
export function addAnalyseOptions(command: Command): Command {
  const withInput = command
    .argument(
      '[capture...]',
      'captures, sosreports, pt-stalk collections, logs or outputs of tools: archives, files or folders; - for stdin',
    )
    .option('--case <file>', 'a case file: the captures are added to it, and all of it is analysed')
    .option('--run <name>', 'run to import the captures as; without captures: the run of the case to look at')
    .option('--since <time>', 'look at nothing before this time (UTC unless it has a zone)', parseInstant)
    .option('--until <time>', 'look at nothing after this time', parseInstant)
    .option('--queries <dir>', 'a folder with findings of your own; the same id replaces ours')
    .option('--set <query.parameter=value>', 'another threshold; may be given several times', addParameter);
  return addLogFormatOption(addLimitOptions(withInput));
}

function addParameter(text: string, before: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const [, name, value] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    throw new InvalidArgumentError('it takes query.parameter=value, such as syn-flood.peers=200');
  }
  return { ...before, [name]: value };
}
