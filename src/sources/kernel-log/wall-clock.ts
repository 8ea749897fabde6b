import { DAY_US, epochDay, HOUR_US, MINUTE_US, SECOND_US } from '../../base/time.ts';
import type { Zone } from '../../base/zone.ts';

const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';
/** Leap days are eight years apart at most. */
const YEARS_BACK = 8;

/** Reads times of day of a log into microseconds since 1970 UTC; NaN for what is no time. */
export class WallClock {
  readonly #zone: Zone;
  /** A yearless time is at or before this. */
  readonly #latestUs: number;
  readonly #latestYear: number;

  constructor(zone: Zone, captureTsUs: number) {
    this.#zone = zone;
    this.#latestUs = captureTsUs + DAY_US;
    this.#latestYear = new Date(this.#latestUs / 1000).getUTCFullYear();
  }

  /** `2026-11-22`, `20:31:51`, digits of the fraction, and `Z`, `+0100`, `UTC` or any other name for the host's zone. */
  iso(date: string, clock: string, fraction: string, zone: string): number {
    const day = epochDay(Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10)));
    const local = day * DAY_US + timeOfDay(clock, fraction);
    if (zone === 'Z' || zone === 'UTC' || zone === 'GMT') return local;
    const offset = /^([+-])(\d\d):?(\d\d)$/.exec(zone);
    if (offset === null) return this.#zone.toUtcUs(local);
    const east = (Number(offset[2]) * 60 + Number(offset[3])) * MINUTE_US;
    return offset[1] === '-' ? local + east : local - east;
  }

  /** `Nov`, `22`, `2026`, `20:31:51`: local time. */
  english(month: string, day: string, year: string, clock: string): number {
    return this.#zone.toUtcUs(epochDay(Number(year), monthOf(month), Number(day)) * DAY_US + timeOfDay(clock, ''));
  }

  /**
   * Local time whose year is not printed: the last one that puts it at or before the sample, with a day of grace.
   * A file that goes back more than a year cannot be told from one that does not.
   */
  yearless(month: string, day: string, clock: string, fraction: string): number {
    const date = monthOf(month);
    const rest = timeOfDay(clock, fraction);
    for (let back = 0; back <= YEARS_BACK; back++) {
      const us = this.#zone.toUtcUs(epochDay(this.#latestYear - back, date, Number(day)) * DAY_US + rest);
      if (us <= this.#latestUs) return us;
    }
    return Number.NaN;
  }
}

function monthOf(name: string): number {
  const at = MONTHS.indexOf(name);
  return at % 3 === 0 ? at / 3 + 1 : 0;
}

/** Second 60 is a leap second, counted into the next minute. */
function timeOfDay(clock: string, fraction: string): number {
  const hour = Number(clock.slice(0, 2));
  const minute = Number(clock.slice(3, 5));
  const second = Number(clock.slice(6, 8) || '0');
  if (!(hour < 24 && minute < 60 && second <= 60)) return Number.NaN;
  return hour * HOUR_US + minute * MINUTE_US + second * SECOND_US + Number(fraction.slice(0, 6).padEnd(6, '0'));
}
