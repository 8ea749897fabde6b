import type { Command } from 'commander';
import { DEFAULT_SERVER_LIMITS, type ServerLimits } from '../server/settings.ts';
import { parseAmount } from './limit-options.ts';

/** What the command line may change of the server's limits. */
export interface ServeLimitArguments {
  readonly maxFile?: number;
  readonly maxFiles?: number;
  readonly maxUploads?: number;
  readonly maxCaptures?: number;
  readonly maxCases?: number;
  readonly spare?: number;
  readonly minSpeed?: number;
  readonly idle?: number;
  readonly maxRequests?: number;
  readonly imports?: number;
  readonly importMemory?: number;
  readonly reportMemory?: number;
  readonly reportTime?: number;
  readonly queryMemory?: number;
  readonly queryTime?: number;
  readonly queryRows?: number;
}

const FLAGS: readonly (readonly [flag: string, limit: keyof ServerLimits, meaning: string])[] = [
  ['--max-file <bytes>', 'fileBytes', 'take no larger file'],
  ['--max-files <n>', 'filesPerForm', 'take no more files of one form'],
  ['--max-uploads <n>', 'uploads', 'receive no more uploads at the same time'],
  ['--max-captures <n>', 'captures', 'keep no more captures of a case'],
  ['--max-cases <n>', 'cases', 'keep no more cases'],
  ['--spare <bytes>', 'spareBytes', 'leave so much of the disk free'],
  ['--min-speed <bytes>', 'bytesPerSecond', 'end uploads that are slower, a second'],
  ['--idle <s>', 'idleS', 'end connections on which nothing happens for so long'],
  ['--max-requests <n>', 'requestsPerMinute', 'answer no more requests of one address a minute'],
  ['--imports <n>', 'imports', 'read captures of so many cases at the same time'],
  ['--import-memory <mb>', 'importMemoryMb', 'memory of the database while captures are read'],
  ['--report-memory <mb>', 'reportMemoryMb', 'memory of the database while a report is made'],
  ['--report-time <s>', 'reportS', 'give up a report after so long'],
  ['--query-memory <mb>', 'queryMemoryMb', 'memory of the database for a visitor’s query'],
  ['--query-time <s>', 'queryS', 'end a visitor’s query after so long'],
  ['--query-rows <n>', 'queryRows', 'show no more rows of a query'],
];

/** Adds the limits' options. */
export function addServeLimits(command: Command): Command {
  for (const [flag, limit, meaning] of FLAGS)
    command.option(flag, `${meaning} (default: ${shown(DEFAULT_SERVER_LIMITS[limit])})`, parseAmount);
  return command;
}

/** The limits the server keeps. */
export function serverLimits(options: ServeLimitArguments): ServerLimits {
  const given = options as Readonly<Record<string, number | undefined>>;
  const limits = { ...DEFAULT_SERVER_LIMITS } as Record<keyof ServerLimits, number>;
  for (const [flag, limit] of FLAGS) {
    const value = given[nameOf(flag)];
    if (value !== undefined) limits[limit] = value;
  }
  return limits;
}

/** `--max-file <bytes>` is `maxFile`. */
function nameOf(flag: string): string {
  return flag.slice(2, flag.indexOf(' ')).replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function shown(value: number): string {
  if (value % 2 ** 30 === 0) return `${value / 2 ** 30}G`;
  return value % 2 ** 20 === 0 ? `${value / 2 ** 20}M` : String(value);
}
