import { baseName, folderOf, withoutCompression } from './entry.ts';
import { localTime, type StampedTime } from './local-time.ts';

/** A time in a name: with its day, or a time of day alone, in minutes since midnight. */
export type NamedTime = { readonly time: StampedTime } | { readonly minuteOfDay: number };

const DATE =
  /(?<!\d)(20\d\d)([-_.]?)([01]\d)\2([0-3]\d)(?:[T_. -]?([0-2]\d)([-_.:h]?)([0-5]\d)(?:\6([0-5]\d))?(Z)?)?(?!\d)/;
const EPOCH = /(?<!\d)(1\d{9})(?!\d)/;
const CLOCK = /(?:^|[-_.@T])([01]\d|2[0-3])[:h]?([0-5]\d)(?::?([0-5]\d))?$/;

/** The time a file's name says, else that of its folder; null when neither does. A day alone is no time. */
export function timeInPath(path: string): NamedTime | null {
  const stem = withoutCompression(baseName(path)).replace(/\.(?:txt|log|out)$/i, '');
  const folder = folderOf(path);
  return timeInName(stem) ?? (folder === '' ? null : timeInPath(folder));
}

function timeInName(name: string): NamedTime | null {
  const date = DATE.exec(name);
  if (date?.[5] !== undefined) {
    const [, year, , month, day, hour, , minute, second, zulu] = date;
    const at = localTime(
      [Number(year), Number(month), Number(day)],
      [Number(hour), Number(minute), Number(second ?? 0)],
    );
    if (at !== null) return { time: zulu === undefined ? at : { ...at, offsetMinutes: 0, zoneName: 'UTC' } };
  }
  const epoch = EPOCH.exec(name);
  if (epoch !== null) return { time: { localUs: Number(epoch[1]) * 1e6, offsetMinutes: 0, zoneName: null } };
  const clock = date === null ? CLOCK.exec(name) : null;
  return clock === null ? null : { minuteOfDay: Number(clock[1]) * 60 + Number(clock[2]) };
}
