import { HOUR_US } from './time.ts';
import type { Zone } from './zone.ts';

/** How far back lines of a log may go without the clock having been set back. */
const DISORDER_US = HOUR_US / 2;
const QUARTER_US = HOUR_US / 4;

/**
 * Local times of a log in UTC. The hour that the clock shows twice when summer time ends is told apart by the order of
 * the lines: where they go back by most of an hour, it is the second one.
 */
export class OrderedTime {
  readonly #zone: Zone;
  #lastUs = Number.NEGATIVE_INFINITY;
  /** The last quarter of an hour that was asked about, and the answer: asking costs much more than a line. */
  #quarter = Number.NaN;
  #shownTwice = false;

  constructor(zone: Zone) {
    this.#zone = zone;
  }

  /** Microseconds since 1970 UTC of a local time; NaN stays NaN. */
  toUtcUs(localUs: number): number {
    let us = this.#zone.toUtcUs(localUs);
    if (us < this.#lastUs - DISORDER_US && this.#isShownTwice(localUs, us)) us += HOUR_US;
    if (!Number.isNaN(us)) this.#lastUs = us;
    return us;
  }

  #isShownTwice(localUs: number, us: number): boolean {
    const quarter = Math.floor(localUs / QUARTER_US);
    if (quarter !== this.#quarter) {
      this.#quarter = quarter;
      this.#shownTwice = this.#zone.toUtcUs(localUs + HOUR_US) - us === 2 * HOUR_US;
    }
    return this.#shownTwice;
  }
}
