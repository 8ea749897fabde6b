import { OrderedTime } from '../../base/ordered-time.ts';
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

const SPACE = 32;
const DOT = 46;
const DASH = 45;
const ZERO = 48;
const UPPER_U = 85;
/** Days that a syslog line without a year may lie after the sample. */
const GRACE_US = DAY_US;

/** Reads the times of error logs, in the zone of the host. The date of the line before is remembered. */
export class LocalTime {
  readonly #zone: OrderedTime;
  readonly #captureTsUs: number;
  readonly #last: Uint8Array<ArrayBuffer> = new Uint8Array(14);
  #midnight = Number.NaN;

  constructor(zone: Zone, captureTsUs: number) {
    this.#zone = new OrderedTime(zone);
    this.#captureTsUs = captureTsUs;
  }

  /**
   * Microseconds since 1970 UTC of a time that fills `bytes[start, end)`; NaN when it is none of
   * `Sun Nov 22 20:36:14.905889 2026`, `2026-11-22 20:36:14.905889 +0100` (both with or without the decimals, the second
   * with or without the zone), `22-Nov-2026 20:36:14 UTC` (PHP).
   */
  read(bytes: Uint8Array, start: number, end: number): number {
    if (end - start >= 24 && bytes[start + 3] === SPACE) return this.#readEnglish(bytes, start, end);
    if (end - start >= 19 && bytes[start + 4] === DASH) return this.#readIso(bytes, start, end);
    if (end - start >= 20 && bytes[start + 2] === DASH && bytes[start + 6] === DASH)
      return this.#readPhp(bytes, start, end);
    return Number.NaN;
  }

  /** The time of `Nov 22 20:31:51`, in the year that puts it at or before the sample. */
  readSyslog(bytes: Uint8Array, start: number): number {
    const clock = clockAt(bytes, start + 7, start + 15);
    const month = monthAt(bytes, start);
    const day = twoDigits(bytes, start + 4);
    const of = (year: number): number => epochDay(year, month, day) * DAY_US + clock;
    const year = new Date(this.#captureTsUs / 1000).getUTCFullYear();
    return this.#zone.toUtcUs(of(year) <= this.#captureTsUs + GRACE_US ? of(year) : of(year - 1));
  }

  #readEnglish(bytes: Uint8Array, start: number, end: number): number {
    const year = end - 4;
    if (bytes[start + 7] !== SPACE || bytes[start + 10] !== SPACE || bytes[year - 1] !== SPACE) return Number.NaN;
    if (!this.#sameDate(bytes, start, year)) {
      const day = epochDay(fourDigits(bytes, year), monthAt(bytes, start + 4), twoDigits(bytes, start + 8));
      this.#midnight = day * DAY_US;
      this.#last.set(bytes.subarray(start, start + 10));
      this.#last.set(bytes.subarray(year, end), 10);
    }
    const local = this.#midnight + clockAt(bytes, start + 11, year - 1) + decimals(bytes, start + 19, year - 1);
    return this.#zone.toUtcUs(local);
  }

  #sameDate(bytes: Uint8Array, start: number, year: number): boolean {
    const last = this.#last;
    for (let i = 0; i < 10; i++) if (bytes[start + i] !== last[i]) return false;
    for (let i = 0; i < 4; i++) if (bytes[year + i] !== last[10 + i]) return false;
    return true;
  }

  #readIso(bytes: Uint8Array, start: number, end: number): number {
    if (bytes[start + 7] !== DASH) return Number.NaN;
    const day = epochDay(fourDigits(bytes, start), twoDigits(bytes, start + 5), twoDigits(bytes, start + 8));
    let to = start + 19;
    if (bytes[to] === DOT) to++;
    while (to < end && bytes[to]! >= ZERO && bytes[to]! <= ZERO + 9) to++;
    const local = day * DAY_US + clockAt(bytes, start + 11, end) + decimals(bytes, start + 19, to);
    if (to === end) return this.#zone.toUtcUs(local);
    return local - zoneMinutes(bytes, bytes[to] === SPACE ? to + 1 : to, end) * MINUTE_US;
  }

  #readPhp(bytes: Uint8Array, start: number, end: number): number {
    const day = epochDay(fourDigits(bytes, start + 7), monthAt(bytes, start + 3), twoDigits(bytes, start));
    const local = day * DAY_US + clockAt(bytes, start + 12, end);
    return bytes[start + 21] === UPPER_U && end - start === 24 ? local : this.#zone.toUtcUs(local);
  }
}

function decimals(bytes: Uint8Array, start: number, end: number): number {
  if (start === end) return 0;
  return bytes[start] === DOT ? fractionUs(bytes, start + 1, end) : Number.NaN;
}
