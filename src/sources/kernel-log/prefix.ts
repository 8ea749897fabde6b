import {
  clockAt,
  DAY_US,
  epochDay,
  fourDigits,
  fractionUs,
  MINUTE_US,
  monthAt,
  twoDigits,
  zoneMinutes,
} from '../../base/time.ts';
import type { Zone } from '../../base/zone.ts';

/** What stands before a message: its length in bytes, and what it says. */
export interface Prefix {
  length: number;
  /** Seconds since boot; NaN when not printed. */
  bootS: number;
  /** Microseconds since 1970 UTC; NaN when not printed. */
  wallUs: number;
  /** syslog priority, facility times eight plus level; -1 when not printed. */
  priority: number;
  /** Whether there is a time of any kind: a line without one continues the message before. */
  hasTime: boolean;
}

/** Names of the levels and facilities as `dmesg -x` prints them, by their numbers. */
export const LEVELS: readonly string[] = ['emerg', 'alert', 'crit', 'err', 'warn', 'notice', 'info', 'debug'];
export const FACILITIES: readonly string[] = ['kern', 'user', 'mail', 'daemon', 'auth', 'syslog', 'lpr', 'news']
  .concat(['uucp', 'cron', 'authpriv', 'ftp', 'ntp', 'security', 'console', 'solaris-cron'])
  .concat(['local0', 'local1', 'local2', 'local3', 'local4', 'local5', 'local6', 'local7']);

/** Bytes of a line that are searched for its prefix. */
const LONGEST = 200;
const RECORD = /^(\d{1,4}),\d+,(\d{1,16}),[^;]{0,64};/;
const PRIORITY = /^<(\d{1,4})>/;
const DECODED = /^([a-z][a-z0-9-]{2,11}) *: *([a-z]{3,6}) *: /;
const SINCE_BOOT = /^\[ *(\d{1,12}\.\d{1,9})(?: <[ +\d.]{0,32}>)?\](?:\[ *[TC]\d+\])? ?/;
const RELATIVE = /^\[(?: *\+\d+\.\d+|[A-Z][a-z]{2}[ \d]\d \d\d:\d\d)\] /;
const ENGLISH = /^\[[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}\] /;
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,](\d{1,9}))?(Z|[+-]\d\d:?\d\d) /;
const SYSLOG = /^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d /;
const SYSLOG_TAG = /^\S{1,80} kernel: /;

/** Reads the prefix of a line: raw, -x, -r, -T, -d, -e, iso, a /dev/kmsg record, or syslog around any of these. */
export class PrefixReader {
  readonly #zone: Zone;
  readonly #captureTsUs: number;

  constructor(zone: Zone, captureTsUs: number) {
    this.#zone = zone;
    this.#captureTsUs = captureTsUs;
  }

  read(bytes: Uint8Array, start: number, end: number): Prefix {
    const prefix: Prefix = { length: 0, bootS: Number.NaN, wallUs: Number.NaN, priority: -1, hasTime: false };
    const head = String.fromCharCode(...bytes.subarray(start, Math.min(end, start + LONGEST)));
    const record = RECORD.exec(head);
    if (record !== null) {
      return {
        ...prefix,
        length: record[0].length,
        priority: Number(record[1]),
        bootS: Number(record[2]) / 1e6,
        hasTime: true,
      };
    }
    this.#readPriority(head, prefix);
    this.#readWall(bytes, start, head, prefix);
    const since = SINCE_BOOT.exec(head.slice(prefix.length));
    if (since !== null) {
      prefix.bootS = Number(since[1]);
      prefix.hasTime = true;
      prefix.length += since[0].length;
    }
    return prefix;
  }

  #readPriority(head: string, prefix: Prefix): void {
    const priority = PRIORITY.exec(head);
    if (priority !== null) {
      prefix.priority = Number(priority[1]);
      prefix.length = priority[0].length;
      return;
    }
    const decoded = DECODED.exec(head);
    const facility = decoded === null ? -1 : FACILITIES.indexOf(decoded[1]!);
    const level = decoded === null ? -1 : LEVELS.indexOf(decoded[2]!);
    if (decoded === null || facility < 0 || level < 0) return;
    prefix.priority = facility * 8 + level;
    prefix.length = decoded[0].length;
  }

  #readWall(bytes: Uint8Array, start: number, head: string, prefix: Prefix): void {
    const rest = head.slice(prefix.length);
    const at = start + prefix.length;
    const iso = ISO.exec(rest);
    const syslog = iso === null ? SYSLOG.exec(rest) : null;
    const other = iso ?? syslog ?? ENGLISH.exec(rest) ?? RELATIVE.exec(rest);
    if (other === null) return;
    if (iso !== null) prefix.wallUs = isoUs(bytes, at, iso);
    else if (syslog !== null) prefix.wallUs = this.#syslogUs(bytes, at);
    else if (other[0].length === '[Sun Nov 22 20:30:27 2026] '.length) {
      prefix.wallUs = this.#zone.toUtcUs(dateUs(bytes, at + 21, at + 5, at + 9) + clockAt(bytes, at + 12, at + 20));
    }
    prefix.hasTime = true;
    prefix.length += other[0].length;
    if (iso !== null || syslog !== null) prefix.length += SYSLOG_TAG.exec(head.slice(prefix.length))?.[0].length ?? 0;
  }

  /** The year is not printed: the one that puts the time at or before the sample (a day of grace). */
  #syslogUs(bytes: Uint8Array, at: number): number {
    const year = new Date(this.#captureTsUs / 1000).getUTCFullYear();
    const clock = clockAt(bytes, at + 7, at + 15);
    const local = (ofYear: number): number =>
      this.#zone.toUtcUs(epochDay(ofYear, monthAt(bytes, at), twoDigits(bytes, at + 4)) * DAY_US + clock);
    const thisYear = local(year);
    return thisYear <= this.#captureTsUs + DAY_US ? thisYear : local(year - 1);
  }
}

function dateUs(bytes: Uint8Array, year: number, month: number, day: number): number {
  return epochDay(fourDigits(bytes, year), monthAt(bytes, month), twoDigits(bytes, day)) * DAY_US;
}

function isoUs(bytes: Uint8Array, at: number, match: RegExpExecArray): number {
  const day = epochDay(fourDigits(bytes, at), twoDigits(bytes, at + 5), twoDigits(bytes, at + 8));
  const fraction = match[1] === undefined ? 0 : fractionUs(bytes, at + 20, at + 20 + match[1].length);
  const end = at + match[0].length - 1;
  const zone = zoneMinutes(bytes, end - match[2]!.length, end);
  return day * DAY_US + clockAt(bytes, at + 11, at + 19) + fraction - zone * MINUTE_US;
}
