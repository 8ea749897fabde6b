import { ascii, decimal, decimal32, decimalFraction, indexOfByte } from '../../base/bytes.ts';
import { lineText } from '../../base/line-text.ts';
import type { TableBuilder } from '../../base/table-builder.ts';
import { DAY_US, epochDay, HOUR_US, MINUTE_US, monthAt, SECOND_US } from '../../base/time.ts';
import type { Zone } from '../../base/zone.ts';

const DASH = 45;
const COLON = 58;
const SPACE = 32;
const PERCENT = 37;
const PIPE = 124;
const BACKSLASH = 92;
const UNDERSCORE = 95;
const CAPITAL_A = 65;
const SMALL_Z = 122;
const LSTART = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) +(\d{1,2}) (\d\d):(\d\d):(\d\d) (\d{4})$/;
/** Ages and CPU times above this are no times. */
const MOST_SECONDS = 1e11;
const MOST_KILOBYTES = 2 ** 43;

/** Sets a column of the current row to a field; false when the field cannot be its value. */
export type Setter = (bytes: Uint8Array, start: number, end: number) => boolean;

type Kind = 'integer' | 'text' | 'state' | 'duration' | 'kilobytes' | 'percent' | 'command' | 'started';

const COLUMNS: Readonly<Record<string, readonly [column: string, kind: Kind]>> = {
  PID: ['pid', 'integer'],
  PPID: ['ppid', 'integer'],
  LWP: ['tid', 'integer'],
  SPID: ['tid', 'integer'],
  TID: ['tid', 'integer'],
  USER: ['user_name', 'text'],
  EUSER: ['user_name', 'text'],
  RUSER: ['user_name', 'text'],
  UID: ['user_name', 'text'],
  STAT: ['state', 'state'],
  STATE: ['state', 'state'],
  S: ['state', 'state'],
  ELAPSED: ['elapsed_s', 'duration'],
  ETIME: ['elapsed_s', 'duration'],
  ETIMES: ['elapsed_s', 'duration'],
  TIME: ['cpu_s', 'duration'],
  'TIME+': ['cpu_s', 'duration'],
  CPUTIME: ['cpu_s', 'duration'],
  CPUTIMES: ['cpu_s', 'duration'],
  RSS: ['rss_bytes', 'kilobytes'],
  RSZ: ['rss_bytes', 'kilobytes'],
  RES: ['rss_bytes', 'kilobytes'],
  PSS: ['pss_bytes', 'kilobytes'],
  VSZ: ['vsz_bytes', 'kilobytes'],
  VSIZE: ['vsz_bytes', 'kilobytes'],
  VIRT: ['vsz_bytes', 'kilobytes'],
  '%CPU': ['cpu_percent', 'percent'],
  PCPU: ['cpu_percent', 'percent'],
  STARTED: ['started', 'started'],
  LSTART: ['started', 'started'],
  NLWP: ['threads', 'integer'],
  THCNT: ['threads', 'integer'],
  WCHAN: ['wchan', 'text'],
  COMMAND: ['command', 'command'],
  CMD: ['command', 'command'],
  ARGS: ['command', 'command'],
  COMM: ['command', 'command'],
};

/** Which column a heading of `ps` fills, and how; null for one that is not kept. */
export function setterOf(heading: string, table: TableBuilder, zone: Zone): { column: string; set: Setter } | null {
  if (!Object.hasOwn(COLUMNS, heading)) return null;
  const [column, kind] = COLUMNS[heading]!;
  return { column, set: KINDS[kind](table, column, zone) };
}

const KINDS: Readonly<Record<Kind, (table: TableBuilder, column: string, zone: Zone) => Setter>> = {
  integer: (table, name) => {
    const column = table.number(name);
    return (bytes, start, end) => {
      const value = decimal32(bytes, start, end);
      if (value >= 0) column.set(value);
      return value >= 0;
    };
  },
  text: (table, name) => {
    const column = table.text(name);
    return (bytes, start, end) => {
      if (end - start > 1 || bytes[start] !== DASH) column.setBytes(bytes, start, end);
      return true;
    };
  },
  state: (table, name) => {
    const column = table.text(name);
    return (bytes, start, end) => {
      const letter = bytes[start]!;
      if (letter === DASH && end - start === 1) return true;
      // one that is no letter is of a line of another output in the same file
      if (letter < CAPITAL_A || letter > SMALL_Z) return false;
      column.setBytes(bytes, start, end);
      return true;
    };
  },
  duration: (table, name) => {
    const column = name === 'cpu_s' ? table.number(name) : table.int64(name);
    return (bytes, start, end) => {
      const value = seconds(bytes, start, end);
      if (value >= 0) column.set(name === 'cpu_s' ? value : Math.floor(value));
      return value >= 0 || (end - start === 1 && bytes[start] === DASH);
    };
  },
  kilobytes: (table, name) => {
    const column = table.int64(name);
    return (bytes, start, end) => {
      if (end - start === 1 && bytes[start] === DASH) return true;
      const unit = UNITS.get(bytes[end - 1]! | 32);
      const value = decimalFraction(bytes, start, unit === undefined ? end : end - 1);
      if (value < 0 || value > MOST_KILOBYTES) return false;
      column.set(Math.round(value * (unit ?? 1024)));
      return true;
    };
  },
  percent: (table, name) => {
    const column = table.number(name);
    return (bytes, start, end) => {
      const value = decimalFraction(bytes, start, bytes[end - 1] === PERCENT ? end - 1 : end);
      if (value >= 0) column.set(value);
      return value >= 0 || (end - start === 1 && bytes[start] === DASH);
    };
  },
  command: (table, name) => {
    const column = table.text(name);
    return (bytes, start, end) => {
      const from = behindTree(bytes, start, end);
      if (end - from > 1 || bytes[from] !== DASH) column.setBytes(bytes, from, end);
      return true;
    };
  },
  started: (table, name, zone) => {
    const column = table.int64(name);
    return (bytes, start, end) => {
      const value = startedUs(bytes, start, end);
      if (!Number.isNaN(value)) column.set(zone.toUtcUs(value));
      return true;
    };
  },
};

/** Suffixes of top and busybox, which print large sizes as `12m` and `1.3g`. */
const UNITS: ReadonlyMap<number, number> = new Map([
  [107, 2 ** 10],
  [109, 2 ** 20],
  [103, 2 ** 30],
  [116, 2 ** 40],
]);

/** Where a command begins behind the tree that `ps f` draws before it: ` |   \_ apache2`. */
function behindTree(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && (bytes[at] === SPACE || bytes[at] === PIPE)) at++;
  return at + 2 < end && bytes[at] === BACKSLASH && bytes[at + 1] === UNDERSCORE && bytes[at + 2] === SPACE
    ? at + 3
    : start;
}

/** Local time of `Tue Nov 24 14:40:12 2026`, as if it were UTC; NaN for shorter forms, which leave out the year. */
function startedUs(bytes: Uint8Array, start: number, end: number): number {
  const [, month, day, hour, minute, second, year] = LSTART.exec(lineText(bytes, start, end)) ?? [];
  if (month === undefined) return Number.NaN;
  const days = epochDay(Number(year), monthAt(ascii(month), 0), Number(day));
  return days * DAY_US + Number(hour) * HOUR_US + Number(minute) * MINUTE_US + Number(second) * SECOND_US;
}

/** Seconds of `180`, `03:00`, `0:00.05` (top), `1:02:03` or `4-01:02:03`; -1 when it is none of these. */
function seconds(bytes: Uint8Array, start: number, end: number): number {
  const dash = indexOfByte(bytes, DASH, start, end);
  const days = dash < 0 ? 0 : decimal(bytes, start, dash);
  if (days < 0) return -1;
  let total = 0;
  let parts = 0;
  for (let at = dash < 0 ? start : dash + 1; at <= end; ) {
    const colon = indexOfByte(bytes, COLON, at, end);
    const part = colon < 0 ? decimalFraction(bytes, at, end) : decimal(bytes, at, colon);
    if (part < 0 || ++parts > 3) return -1;
    total = total * 60 + part;
    if (colon < 0) break;
    at = colon + 1;
  }
  total += days * 86_400;
  return total > MOST_SECONDS ? -1 : total;
}
