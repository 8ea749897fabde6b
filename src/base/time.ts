import { decimal } from './bytes.ts';

/** Microseconds of a second, a minute, an hour and a day. */
export const SECOND_US: number = 1_000_000;
export const MINUTE_US: number = 60 * SECOND_US;
export const HOUR_US: number = 60 * MINUTE_US;
export const DAY_US: number = 24 * HOUR_US;
/** The last second of the year 9999: times after it count as unreadable. */
export const MAX_EPOCH_US: number = 253_402_300_799_000_000;

const COLON = 58;
const PLUS = 43;
const MINUS = 45;
const ZULU = 90;
const MONTHS: readonly number[] = 'janfebmaraprmayjunjulaugsepoctnovdec'
  .match(/.../g)!
  .map((name) => (name.charCodeAt(0) << 16) | (name.charCodeAt(1) << 8) | name.charCodeAt(2));

/** Days from 1970-01-01 to a date of the Gregorian calendar; NaN when there is no such date from 1970 to 9999. */
export function epochDay(year: number, month: number, day: number): number {
  if (!(year >= 1970 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month))) {
    return Number.NaN;
  }
  const shifted = month > 2 ? year : year - 1;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** Microseconds since midnight; NaN when it is no time of day. Second 60 is a leap second, counted into the next minute. */
function timeOfDayUs(hour: number, minute: number, second: number, fractionUs: number): number {
  if (!(hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second <= 60)) return Number.NaN;
  return hour * HOUR_US + minute * MINUTE_US + second * SECOND_US + fractionUs;
}

/** The month (1 to 12) whose English name begins with the three letters at `at`; 0 when there is none. */
export function monthAt(bytes: Uint8Array, at: number): number {
  const key = ((bytes[at]! | 32) << 16) | ((bytes[at + 1]! | 32) << 8) | bytes[at + 2]! | 32;
  return MONTHS.indexOf(key) + 1;
}

/** Time of day `hh:mm:ss` at `at`, in microseconds; NaN when it is none or does not end before `end`. */
export function clockAt(bytes: Uint8Array, at: number, end: number): number {
  if (at + 8 > end || bytes[at + 2] !== COLON || bytes[at + 5] !== COLON) return Number.NaN;
  return timeOfDayUs(twoDigits(bytes, at), twoDigits(bytes, at + 3), twoDigits(bytes, at + 6), 0);
}

/** Microseconds of the decimal places that fill `bytes[start, end)` (`5` is 500000); NaN when they are no digits. */
export function fractionUs(bytes: Uint8Array, start: number, end: number): number {
  const places = Math.min(end - start, 6);
  const value = decimal(bytes, start, start + places);
  return value < 0 ? Number.NaN : value * 10 ** (6 - places);
}

/** Minutes east of UTC of `+0100`, `+01:00`, `-03` or `Z` filling `bytes[start, end)`; NaN when it is none. */
export function zoneMinutes(bytes: Uint8Array, start: number, end: number): number {
  if (end - start === 1 && bytes[start] === ZULU) return 0;
  const sign = bytes[start] === PLUS ? 1 : bytes[start] === MINUS ? -1 : 0;
  const length = end - start;
  if (sign === 0 || (length !== 3 && length !== 5 && length !== 6)) return Number.NaN;
  if (length === 6 && bytes[start + 3] !== COLON) return Number.NaN;
  const hours = twoDigits(bytes, start + 1);
  const minutes = length === 3 ? 0 : twoDigits(bytes, end - 2);
  return hours < 0 || hours > 15 || minutes < 0 || minutes > 59 ? Number.NaN : sign * (hours * 60 + minutes);
}

/** The two-digit number at `at`; -1 when it is none. A leading space counts as zero (` 5` is how C prints a day). */
export function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = bytes[at] === 32 ? 0 : bytes[at]! - 48;
  const ones = bytes[at + 1]! - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}

/** The four-digit number at `at`, a year; -1 when it is none. */
export function fourDigits(bytes: Uint8Array, at: number): number {
  return decimal(bytes, at, at + 4);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
