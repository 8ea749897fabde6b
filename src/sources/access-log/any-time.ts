import { decimal, decimalFraction, indexOfByte } from '../../base/bytes.ts';
import {
  clockAt,
  DAY_US,
  epochDay,
  fourDigits,
  fractionUs,
  MAX_EPOCH_US,
  monthAt,
  SECOND_US,
  twoDigits,
  zoneMinutes,
} from '../../base/time.ts';
import type { Clock } from './clock.ts';

const OPEN = 91;
const CLOSE = 93;
const SLASH = 47;
const DASH = 45;
const DOT = 46;
const COMMA = 44;
const SPACE = 32;

/**
 * Reads a time in whatever form JSON logs have it: Apache's own (`[22/Nov/2026:20:36:14 +0000]`, also without
 * brackets), ISO 8601 with or without zone, seconds, milliseconds or microseconds since 1970. False when it is none.
 */
export function readAnyTime(clock: Clock, bytes: Uint8Array, start: number, end: number): boolean {
  const isBracketed = bytes[start] === OPEN && bytes[end - 1] === CLOSE;
  const from = isBracketed ? start + 1 : start;
  const to = isBracketed ? end - 1 : end;
  if (to - from >= 20 && bytes[from + 2] === SLASH) {
    const day = epochDay(fourDigits(bytes, from + 7), monthAt(bytes, from + 3), twoDigits(bytes, from));
    return setLocal(clock, day * DAY_US + clockAt(bytes, from + 12, to), bytes, from + 20, to);
  }
  if (to - from >= 19 && bytes[from + 4] === DASH) {
    const day = epochDay(fourDigits(bytes, from), twoDigits(bytes, from + 5), twoDigits(bytes, from + 8));
    return setLocal(clock, day * DAY_US + clockAt(bytes, from + 11, to), bytes, from + 19, to);
  }
  return setEpoch(clock, bytes, from, to);
}

/** What follows the seconds: decimals, a zone. */
function setLocal(clock: Clock, localUs: number, bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  let fraction = 0;
  if (at < end && (bytes[at] === DOT || bytes[at] === COMMA)) {
    let to = at + 1;
    while (to < end && bytes[to]! >= 48 && bytes[to]! <= 57) to++;
    fraction = fractionUs(bytes, at + 1, to);
    at = to;
  }
  if (at < end && bytes[at] === SPACE) at++;
  const zone = at === end ? Number.NaN : zoneMinutes(bytes, at, end);
  if (Number.isNaN(localUs + fraction) || (at < end && Number.isNaN(zone))) return false;
  clock.setLocal(localUs + fraction, zone);
  return true;
}

/** The unit is told by the size: the years 1973 to 5138 in seconds, 1973 to 2286 in the others. */
function setEpoch(clock: Clock, bytes: Uint8Array, start: number, end: number): boolean {
  const dot = indexOfByte(bytes, DOT, start, end);
  const whole = decimal(bytes, start, dot < 0 ? end : dot);
  const unitUs = whole >= 1e14 ? 1 : whole >= 1e11 ? 1000 : whole >= 1e8 ? SECOND_US : 0;
  const us = Math.round((dot < 0 ? whole : decimalFraction(bytes, start, end)) * unitUs);
  if (unitUs === 0 || !(us >= 0 && us <= MAX_EPOCH_US)) return false;
  clock.setWhole(us, dot < 0 ? unitUs : 1);
  return true;
}
