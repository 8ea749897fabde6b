import { DAY_US, epochDay, HOUR_US, MINUTE_US, SECOND_US } from '../../base/time.ts';

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
  zone: number;
  readonly #hostZone: number;
  #touched = false;

  /** `hostZone`: minutes east of UTC, for formats that print no zone. */
  constructor(hostZone: number) {
    this.#hostZone = hostZone;
    this.zone = hostZone;
  }

  reset(): void {
    this.whole = Number.NaN;
    this.fractionUs = 0;
    if (!this.#touched) return;
    this.#touched = false;
    this.year = 0;
    this.hour = -1;
    this.zone = this.#hostZone;
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
    return epochDay(this.year, this.month, this.day) * DAY_US + time - this.zone * MINUTE_US;
  }
}
