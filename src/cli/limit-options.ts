import { type Command, InvalidArgumentError } from 'commander';
import { DEFAULT_LIMITS, type Limits } from '../capture/limits.ts';

/** What the command line may change of the limits on hostile input. */
export interface LimitArguments {
  readonly maxBytes?: number;
  readonly maxRatio?: number;
  readonly maxEntries?: number;
}

/** Adds the limits' options to a command that imports. */
export function addLimitOptions(command: Command): Command {
  const { totalBytes, ratio, entries } = DEFAULT_LIMITS;
  return command
    .option('--max-bytes <n>', `read no more of one capture, unpacked (default: ${totalBytes / 2 ** 30}G)`, parseAmount)
    .option('--max-ratio <n>', `refuse what unpacks to more times its size (default: ${ratio})`, parseAmount)
    .option('--max-entries <n>', `read no more entries of one capture (default: ${entries})`, parseAmount);
}

/** The limits an import keeps. */
export function limitsOf({ maxBytes, maxRatio, maxEntries }: LimitArguments): Limits {
  return {
    ...DEFAULT_LIMITS,
    ...(maxBytes === undefined ? {} : { totalBytes: maxBytes }),
    ...(maxRatio === undefined ? {} : { ratio: maxRatio }),
    ...(maxEntries === undefined ? {} : { entries: maxEntries }),
  };
}

/** A whole number above zero; `K`, `M`, `G` and `T` stand for powers of 1024. */
export function parseAmount(text: string): number {
  const match = /^(\d{1,15})([KMGT]?)$/i.exec(text);
  const value = match === null ? 0 : Number(match[1]) * 1024 ** ' KMGT'.indexOf(match[2]!.toUpperCase() || ' ');
  if (value < 1 || !Number.isSafeInteger(value))
    throw new InvalidArgumentError('expected a whole number above zero, such as 50000 or 200G.');
  return value;
}
