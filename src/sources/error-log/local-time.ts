import { clockAt, DAY_US, epochDay, fourDigits, fractionUs, monthAt, twoDigits } from '../../base/time.ts';
import type { Zone } from '../../base/zone.ts';

const SPACE = 32;
const DOT = 46;
const DASH = 45;

/** Reads the two times an error log prints, in the zone of the host. The date of the line before is remembered. */
export class LocalTime {
  readonly #zone: Zone;
  readonly #last: Uint8Array<ArrayBuffer> = new Uint8Array(14);
  #midnight = Number.NaN;

  constructor(zone: Zone) {
    this.#zone = zone;
  }

  /**
   * Microseconds since 1970 UTC of `Sun Nov 22 20:36:14.905889 2026` or `2026-11-22 20:36:14.905889` (with or without
   * the decimals) filling `bytes[start, end)`; NaN when it is neither.
   */
  read(bytes: Uint8Array, start: number, end: number): number {
    if (end - start >= 24 && bytes[start + 3] === SPACE) return this.#readEnglish(bytes, start, end);
    if (end - start >= 19 && bytes[start + 4] === DASH) return this.#readIso(bytes, start, end);
    return Number.NaN;
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
    if (bytes[start + 7] !== DASH || bytes[start + 10] !== SPACE) return Number.NaN;
    const day = epochDay(fourDigits(bytes, start), twoDigits(bytes, start + 5), twoDigits(bytes, start + 8));
    return this.#zone.toUtcUs(day * DAY_US + clockAt(bytes, start + 11, end) + decimals(bytes, start + 19, end));
  }
}

function decimals(bytes: Uint8Array, start: number, end: number): number {
  if (start === end) return 0;
  return bytes[start] === DOT ? fractionUs(bytes, start + 1, end) : Number.NaN;
}
