import { OrderedTime } from '../../base/ordered-time.ts';
import { DAY_US, epochDay, HOUR_US, MINUTE_US, SECOND_US } from '../../base/time.ts';
import type { Zone } from '../../base/zone.ts';

/** A time put together from the parts that one or several `%{…}t` print. */
export class Clock {
  #whole: number = Number.NaN;
  /** Microseconds that `#whole` is exact to. */
  #unitUs: number = Number.POSITIVE_INFINITY;
  year = 0;
  month = 0;
  day = 0;
  hour = -1;
  minute = 0;
  second = 0;
  fractionUs = 0;
  /** Minutes east of UTC, where the line says so. */
  zone: number = Number.NaN;
  readonly #hostZone: OrderedTime;
  #touched = false;

  /** `hostZone`: for formats that print no zone. */
  constructor(hostZone: Zone) {
    this.#hostZone = new OrderedTime(hostZone);
  }

  reset(): void {
    this.#whole = Number.NaN;
    this.#unitUs = Number.POSITIVE_INFINITY;
    this.fractionUs = 0;
    if (!this.#touched) return;
    this.#touched = false;
    this.year = 0;
    this.hour = -1;
    this.zone = Number.NaN;
  }

  /** Takes a whole time, microseconds since 1970 UTC, exact to `unitUs`; of several the most exact one counts. */
  setWhole(us: number, unitUs: number): void {
    if (unitUs > this.#unitUs) return;
    this.#whole = us;
    this.#unitUs = unitUs;
  }

  /** Takes a local time as if it were UTC, `zone` minutes east of it; NaN: in the zone of the host. */
  setLocal(localUs: number, zone: number): void {
    const us = Number.isNaN(zone) ? this.#hostZone.toUtcUs(localUs) : localUs - zone * MINUTE_US;
    this.setWhole(us, 1);
  }

  /** Says that parts of a date or time are about to be set. */
  touch(): void {
    this.#touched = true;
  }

  /** Microseconds since 1970 UTC; NaN when the parts make no time. */
  epochUs(): number {
    if (!Number.isNaN(this.#whole)) return this.#unitUs === SECOND_US ? this.#whole + this.fractionUs : this.#whole;
    if (this.year === 0 || this.hour < 0) return Number.NaN;
    const time = this.hour * HOUR_US + this.minute * MINUTE_US + this.second * SECOND_US + this.fractionUs;
    const local = epochDay(this.year, this.month, this.day) * DAY_US + time;
    return Number.isNaN(this.zone) ? this.#hostZone.toUtcUs(local) : local - this.zone * MINUTE_US;
  }
}
