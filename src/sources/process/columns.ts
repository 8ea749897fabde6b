import { decimal, decimal32, indexOfByte } from '../../base/bytes.ts';
import type { TableBuilder } from '../../base/table-builder.ts';

const DASH = 45;
const COLON = 58;
/** Ages and CPU times above this are no times. */
const MOST_SECONDS = 1e11;

/** Sets a column of the current row to a field; false when the field cannot be its value. */
export type Setter = (bytes: Uint8Array, start: number, end: number) => boolean;

type Kind = 'integer' | 'text' | 'duration' | 'kilobytes';

const COLUMNS: Readonly<Record<string, readonly [column: string, kind: Kind]>> = {
  PID: ['pid', 'integer'],
  PPID: ['ppid', 'integer'],
  USER: ['user_name', 'text'],
  EUSER: ['user_name', 'text'],
  RUSER: ['user_name', 'text'],
  UID: ['user_name', 'text'],
  STAT: ['state', 'text'],
  STATE: ['state', 'text'],
  S: ['state', 'text'],
  ELAPSED: ['elapsed_s', 'duration'],
  ETIME: ['elapsed_s', 'duration'],
  ETIMES: ['elapsed_s', 'duration'],
  TIME: ['cpu_s', 'duration'],
  CPUTIME: ['cpu_s', 'duration'],
  CPUTIMES: ['cpu_s', 'duration'],
  RSS: ['rss_bytes', 'kilobytes'],
  RSZ: ['rss_bytes', 'kilobytes'],
  NLWP: ['threads', 'integer'],
  THCNT: ['threads', 'integer'],
  WCHAN: ['wchan', 'text'],
  COMMAND: ['command', 'text'],
  CMD: ['command', 'text'],
  ARGS: ['command', 'text'],
  COMM: ['command', 'text'],
};

/** Which column a heading of `ps` fills, and how; null for one that is not kept. */
export function setterOf(heading: string, table: TableBuilder): { column: string; set: Setter } | null {
  const known = COLUMNS[heading];
  if (known === undefined) return null;
  const [column, kind] = known;
  return { column, set: KINDS[kind](table, column) };
}

const KINDS: Readonly<Record<Kind, (table: TableBuilder, column: string) => Setter>> = {
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
  duration: (table, name) => {
    const column = name === 'cpu_s' ? table.number(name) : table.int64(name);
    return (bytes, start, end) => {
      const value = seconds(bytes, start, end);
      if (value >= 0) column.set(value);
      return value >= 0;
    };
  },
  kilobytes: (table, name) => {
    const column = table.int64(name);
    return (bytes, start, end) => {
      const unit = UNITS.get(bytes[end - 1]! | 32);
      const value = decimal(bytes, start, unit === undefined ? end : end - 1);
      if (value < 0 || value > MOST_SECONDS) return false;
      column.set(value * (unit ?? 1024));
      return true;
    };
  },
};

/** Suffixes of busybox, which prints large sizes as `12m`. */
const UNITS: ReadonlyMap<number, number> = new Map([
  [107, 2 ** 10],
  [109, 2 ** 20],
  [103, 2 ** 30],
]);

/** Seconds of `180`, `03:00`, `1:02:03` or `4-01:02:03`; -1 when it is none of these. */
function seconds(bytes: Uint8Array, start: number, end: number): number {
  const dash = indexOfByte(bytes, DASH, start, end);
  const days = dash < 0 ? 0 : decimal(bytes, start, dash);
  if (days < 0) return -1;
  let total = 0;
  let parts = 0;
  for (let at = dash < 0 ? start : dash + 1; at <= end; ) {
    const colon = indexOfByte(bytes, COLON, at, end);
    const part = decimal(bytes, at, colon < 0 ? end : colon);
    if (part < 0 || ++parts > 3) return -1;
    total = total * 60 + part;
    if (colon < 0) break;
    at = colon + 1;
  }
  total += days * 86_400;
  return total > MOST_SECONDS ? -1 : total;
}
