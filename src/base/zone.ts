import { HOUR_US, MINUTE_US } from './time.ts';

/** The zone of a host, for texts that print local time without saying which. */
export interface Zone {
  /**
   * Microseconds since 1970 UTC of a local time (given as if it were UTC). NaN stays NaN.
   * A time the clock showed twice (summer time ends) is taken as the first; one it never showed, as if it had not moved.
   */
  toUtcUs(localUs: number): number;
  /** How far local time is ahead of UTC at a moment, in microseconds. */
  shiftUs(utcUs: number): number;
}

/** A zone that is always so many minutes east of UTC. */
export function fixedZone(minutesEast: number): Zone {
  const shiftUs = minutesEast * MINUTE_US;
  return { toUtcUs: (localUs) => localUs - shiftUs, shiftUs: () => shiftUs };
}

/** A zone by its IANA name, with its summer times (`Europe/Berlin`); null when this machine does not know the name. */
export function namedZone(name: string): Zone | null {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return null;
  }
  // Offsets change at most at quarters of an hour, and lines of a log come mostly in order: the last quarter is kept.
  let quarter = Number.NaN;
  let shiftUs = 0;
  return {
    toUtcUs(localUs) {
      if (Number.isNaN(localUs)) return localUs;
      const at = Math.floor(localUs / QUARTER_US);
      if (at !== quarter) {
        quarter = at;
        shiftUs = localShiftUs(format, at * QUARTER_US);
      }
      return localUs - shiftUs;
    },
    shiftUs: (utcUs) => shiftAtUs(format, utcUs),
  };
}

/**
 * A host's zone by its name, else by its offset. The name is looked up when a time is first asked for: that takes as long as
 * reading a small member, and few members hold local times.
 */
export function hostZone(name: string | null, minutesEast: number): Zone {
  if (name === null || name === '') return fixedZone(minutesEast);
  let found: Zone | null = null;
  const zone = (): Zone => {
    found ??= namedZone(name) ?? fixedZone(minutesEast);
    return found;
  };
  return { toUtcUs: (localUs) => zone().toUtcUs(localUs), shiftUs: (utcUs) => zone().shiftUs(utcUs) };
}

const QUARTER_US = HOUR_US / 4;

/** How far the local time is ahead of UTC. The shift before a change is tried first: it gives the earlier of two times. */
function localShiftUs(format: Intl.DateTimeFormat, localUs: number): number {
  const before = shiftAtUs(format, localUs - 24 * HOUR_US);
  if (shiftAtUs(format, localUs - before) === before) return before;
  const after = shiftAtUs(format, localUs + 24 * HOUR_US);
  return shiftAtUs(format, localUs - after) === after ? after : before;
}

function shiftAtUs(format: Intl.DateTimeFormat, utcUs: number): number {
  const part = new Map(format.formatToParts(utcUs / 1000).map(({ type, value }) => [type, Number(value)]));
  const of = (type: Intl.DateTimeFormatPartTypes): number => part.get(type)!;
  const local = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  return local * 1000 - Math.floor(utcUs / 1e6) * 1e6;
}
