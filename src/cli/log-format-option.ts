import { type Command, InvalidArgumentError } from 'commander';
import { readLogFormat } from '../sources/access-log/log-format.ts';

/** Adds `--log-format` to a command that reads captures. */
export function addLogFormatOption(command: Command): Command {
  return command.option(
    '--log-format <format>',
    'LogFormat of the access logs, or its nickname (default: as configured, else recognised)',
    parseLogFormat,
  );
}

function parseLogFormat(text: string): string {
  if (text.includes('%') && readLogFormat(text) === null) throw new InvalidArgumentError('It is no LogFormat string.');
  return text;
}
