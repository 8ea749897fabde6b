import { parseTime, type StampedTime } from './local-time.ts';

/** Times of log lines, as `parseTime` reads them; the year is added where a form has none. */
const FORMS: readonly { readonly pattern: RegExp; readonly text: (match: RegExpExecArray, year: number) => string }[] =
  [
    {
      pattern: /\[(\d{2})\/([A-Z][a-z]{2})\/(\d{4}):(\d\d:\d\d:\d\d)(?:\.\d+)? ([+-]\d{4})\]/,
      text: ([, day, month, year, clock, zone]) => `Mon ${day} ${month} ${year} ${clock} ${zone}`,
    },
    {
      pattern: /\[([A-Z][a-z]{2} [A-Z][a-z]{2}  ?\d{1,2} \d\d:\d\d:\d\d)(?:\.\d+)? (\d{4})\]/,
      text: ([, start, year]) => `${start} ${year}`,
    },
    {
      pattern: /^\[?(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,]\d+)?(Z|[+-]\d\d:?\d\d)?/,
      text: ([, day, clock, zone = '']) => `${day} ${clock}${zone}`,
    },
    {
      pattern: /^([A-Z][a-z]{2})  ?(\d{1,2}) (\d\d:\d\d:\d\d) /,
      text: ([, month, day, clock], year) => `Mon ${day} ${month} ${year} ${clock}`,
    },
  ];
const SYSLOG_HOST =
  /^(?:[A-Z][a-z]{2} [ \d]\d [\d:]{8}|\d{4}-\d\d-\d\dT\S{1,30}) ([\w.-]{1,64}) [\w./-]{1,40}(?:\[\d+\])?:/m;
const LINES_TRIED = 50;

/** The time of the last line of a log that has one; `modifiedUs` tells the year where the lines do not. */
export function lastLogTime(tail: string, modifiedUs: number | null): StampedTime | null {
  const year = new Date((modifiedUs ?? 0) / 1000).getUTCFullYear();
  for (const line of tail.split('\n').reverse().slice(0, LINES_TRIED)) {
    for (const { pattern, text } of FORMS) {
      const match = pattern.exec(line.slice(0, 4096));
      const time = match === null ? null : parseTime(text(match, year));
      if (time !== null) return time;
    }
  }
  return null;
}

/** The host that syslog lines name; null when they are none. */
export function syslogHost(text: string): string | null {
  return SYSLOG_HOST.exec(text)?.[1] ?? null;
}
