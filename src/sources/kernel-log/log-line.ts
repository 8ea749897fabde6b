/** Which clock a time comes from. */
export type Clock = 'boot' | 'dmesg' | 'log' | 'journal';

/** One message of a log, whatever dialect it was printed in. */
export interface LogLine {
  message: string;
  /** The kernel wrote it. */
  kernel: boolean;
  /** Seconds since boot; NaN when not printed. */
  bootS: number;
  /** Microseconds since 1970 UTC; NaN when not printed. */
  wallUs: number;
  /** Smallest step of the time of day as it is printed, in microseconds. */
  stepUs: number;
  /** The clock of `wallUs`. */
  clock: Clock;
  /** Boot the line is of; null when it is left to be told from the times. */
  bootId: string | null;
  /** 0 (emerg) to 7 (debug); -1 when not printed. */
  level: number;
  /** 0 (kern) to 23 (local7); -1 when not printed. */
  facility: number;
  host: string | null;
  program: string | null;
  /** -1 when not printed. */
  pid: number;
}

/** Names of the levels and facilities as `dmesg -x` prints them, by their numbers. */
export const LEVELS: readonly string[] = ['emerg', 'alert', 'crit', 'err', 'warn', 'notice', 'info', 'debug'];
export const FACILITIES: readonly string[] = ['kern', 'user', 'mail', 'daemon', 'auth', 'syslog', 'lpr', 'news']
  .concat(['uucp', 'cron', 'authpriv', 'ftp', 'ntp', 'security', 'console', 'solaris-cron'])
  .concat(['local0', 'local1', 'local2', 'local3', 'local4', 'local5', 'local6', 'local7']);

/** A message of which nothing is known yet. */
export function emptyLine(): LogLine {
  return {
    message: '',
    kernel: false,
    bootS: Number.NaN,
    wallUs: Number.NaN,
    stepUs: 0,
    clock: 'boot',
    bootId: null,
    level: -1,
    facility: -1,
    host: null,
    program: null,
    pid: -1,
  };
}

/** Takes level and facility from a syslog priority, facility times eight plus level. */
export function setPriority(line: LogLine, priority: number): void {
  if (!(priority >= 0 && priority < FACILITIES.length * 8)) return;
  line.level = priority & 7;
  line.facility = priority >> 3;
}
