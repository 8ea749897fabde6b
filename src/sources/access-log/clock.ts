import { DAY_US, epochDay, HOUR_US, MINUTE_US, SECOND_US } from '../../base/time.ts';
import type { Zone } from '../../base/zone.ts';

/** A time put together from the parts that one or several `%{…}t` print. */
export class Clock {
  /** Microseconds since 1970 UTC where the parts say it all at once; else NaN. */
  whole: number = Number.NaN;
  year = 0;
  month = 0;
  day = 0;
  hour = -1;
  minute = 0;
  second = 0;
  fractionUs = 0;
  /** Minutes east of UTC, where the line says so. */
  zone: number = Number.NaN;
  readonly #hostZone: Zone;
  #touched = false;

  /** `hostZone`: for formats that print no zone. */
  constructor(hostZone: Zone) {
    this.#hostZone = hostZone;
  }

  reset(): void {
    this.whole = Number.NaN;
    this.fractionUs = 0;
    if (!this.#touched) return;
    this.#touched = false;
    this.year = 0;
    this.hour = -1;
    this.zone = Number.NaN;
  }

  /** Says that parts of a date or time are about to be set. */
  touch(): void {
    this.#touched = true;
  }

  /** Microseconds since 1970 UTC; NaN when the parts make no time. */
  epochUs(): number {
    if (!Number.isNaN(this.whole)) return this.whole + this.fractionUs;
    if (this.year === 0 || this.hour < 0) return Number.NaN;
    const time = this.hour * HOUR_US + this.minute * MINUTE_US + this.second * SECOND_US + this.fractionUs;
    const local = epochDay(this.year, this.month, this.day) * DAY_US + time;
    return Number.isNaN(this.zone) ? this.#hostZone.toUtcUs(local) : local - this.zone * MINUTE_US;
  }
}
