import { ascii, decimal, startsWith } from '../../base/bytes.ts';
import {
  clockAt,
  DAY_US,
  epochDay,
  fourDigits,
  MAX_EPOCH_US,
  MINUTE_US,
  monthAt,
  SECOND_US,
  twoDigits,
  zoneMinutes,
} from '../../base/time.ts';
import type { Clock } from './clock.ts';
import type { Step } from './step.ts';

const OPEN = 91;
const SLASH = 47;
const COLON = 58;
const SPACE = 32;
const CLOSE = 93;
/** `[22/Nov/2026:20:36:14 +0000]` */
const STANDARD_LENGTH = 28;
const DATE_LENGTH = 13;
const UTC = ascii('UTC');
const GMT = ascii('GMT');

/** Reads the standard `%t`. The date, the zone and the whole time of the line before are remembered. */
export function standardTime(clock: Clock): Step {
  const last = new Uint8Array(STANDARD_LENGTH);
  let lastUs = Number.NaN;
  let midnightUs = Number.NaN;
  return (bytes, at, end) => {
    if (at + STANDARD_LENGTH > end) return -1;
    let same = 0;
    while (same < STANDARD_LENGTH && bytes[at + same] === last[same]) same++;
    if (same < STANDARD_LENGTH) {
      if (same < DATE_LENGTH || !sameZone(bytes, at, last)) midnightUs = standardMidnight(bytes, at);
      lastUs = midnightUs + clockAt(bytes, at + DATE_LENGTH, at + STANDARD_LENGTH);
      last.set(bytes.subarray(at, at + STANDARD_LENGTH));
    }
    if (Number.isNaN(lastUs)) return -1;
    clock.setWhole(lastUs, SECOND_US);
    return at + STANDARD_LENGTH;
  };
}

/** Whether a standard `%t` seems to stand at `at`. */
export function looksLikeTime(bytes: Uint8Array, at: number, end: number): boolean {
  const ends = at + STANDARD_LENGTH <= end && bytes[at] === OPEN && bytes[at + STANDARD_LENGTH - 1] === CLOSE;
  return ends && bytes[at + 3] === SLASH && bytes[at + 7] === SLASH && bytes[at + 12] === COLON;
}

function sameZone(bytes: Uint8Array, at: number, last: Uint8Array): boolean {
  for (let i = 21; i < STANDARD_LENGTH; i++) if (bytes[at + i] !== last[i]) return false;
  return true;
}

/** UTC time of the local midnight of `[dd/Mon/yyyy:hh:mm:ss zone]`; NaN when it is not of that shape. */
function standardMidnight(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== OPEN || bytes[at + 3] !== SLASH || bytes[at + 7] !== SLASH || bytes[at + 12] !== COLON) {
    return Number.NaN;
  }
  if (bytes[at + 21] !== SPACE || bytes[at + 27] !== CLOSE) return Number.NaN;
  const day = epochDay(fourDigits(bytes, at + 8), monthAt(bytes, at + 4), twoDigits(bytes, at + 1));
  return day * DAY_US - zoneMinutes(bytes, at + 22, at + 27) * MINUTE_US;
}

const EPOCH_UNITS: ReadonlyMap<string, number> = new Map([
  ['sec', SECOND_US],
  ['msec', 1000],
  ['usec', 1],
]);

/** Reads `%{argument}t`, with a time format in strftime's letters; null when it holds something not known. */
export function formattedTime(argument: string, clock: Clock): Step | null {
  const unit = EPOCH_UNITS.get(argument);
  if (unit !== undefined) return epochTime(unit, clock);
  if (argument === 'msec_frac') return fraction(3, clock);
  if (argument === 'usec_frac') return fraction(6, clock);
  const parts: Step[] = [];
  const format = expand(argument);
  for (let i = 0; i < format.length; i++) {
    const part = format[i] === '%' ? PARTS[format[++i] ?? '']?.(clock) : verbatim(format.charCodeAt(i));
    if (part === undefined) return null;
    parts.push(part);
  }
  return (bytes, at, end) => {
    clock.touch();
    let position = at;
    for (const part of parts) {
      position = part(bytes, position, end);
      if (position < 0) return -1;
    }
    return position;
  };
}

const SHORTHANDS: Readonly<Record<string, string>> = {
  T: '%H:%M:%S',
  X: '%H:%M:%S',
  F: '%Y-%m-%d',
  D: '%m/%d/%y',
  x: '%m/%d/%y',
  R: '%H:%M',
  r: '%I:%M:%S %p',
  c: '%a %b %e %H:%M:%S %Y',
  n: '\n',
  t: '\t',
};

function expand(format: string): string {
  return format.replace(/%[EO]?([A-Za-z%])/g, (whole, letter: string) => SHORTHANDS[letter] ?? `%${whole.at(-1)}`);
}

type Part = (clock: Clock) => Step;

const PARTS: Readonly<Record<string, Part>> = {
  Y: (clock) => digits(4, 1970, 9999, (value) => (clock.year = value)),
  y: (clock) => digits(2, 0, 69, (value) => (clock.year = 2000 + value)),
  C: () => digits(2, 19, 99, () => {}),
  m: (clock) => digits(2, 1, 12, (value) => (clock.month = value)),
  d: (clock) => digits(2, 1, 31, (value) => (clock.day = value)),
  e: (clock) => digits(2, 1, 31, (value) => (clock.day = value)),
  j: () => (_bytes, at, end) => (at + 3 > end ? -1 : at + 3),
  H: (clock) => digits(2, 0, 23, (value) => (clock.hour = value)),
  k: (clock) => digits(2, 0, 23, (value) => (clock.hour = value)),
  I: (clock) => digits(2, 1, 12, (value) => (clock.hour = value % 12)),
  l: (clock) => digits(2, 1, 12, (value) => (clock.hour = value % 12)),
  p: halfDay,
  P: halfDay,
  M: (clock) => digits(2, 0, 59, (value) => (clock.minute = value)),
  S: (clock) => digits(2, 0, 60, (value) => (clock.second = value)),
  b: month,
  h: month,
  B: monthName,
  a: () => (_bytes, at, end) => (at + 3 > end ? -1 : at + 3),
  A: () => letters,
  U: () => digits(2, 0, 53, () => {}),
  V: () => digits(2, 0, 53, () => {}),
  W: () => digits(2, 0, 53, () => {}),
  u: () => (_bytes, at, end) => (at < end ? at + 1 : -1),
  w: () => (_bytes, at, end) => (at < end ? at + 1 : -1),
  z: zone,
  Z: zoneName,
  s: (clock) => epochTime(SECOND_US, clock),
  '%': () => verbatim(37),
};

function digits(width: 2 | 4, min: number, max: number, keep: (value: number) => void): Step {
  return (bytes, at, end) => {
    if (at + width > end) return -1;
    const value = width === 4 ? fourDigits(bytes, at) : twoDigits(bytes, at);
    if (value < min || value > max) return -1;
    keep(value);
    return at + width;
  };
}

function month(clock: Clock): Step {
  return (bytes, at, end) => {
    if (at + 3 > end) return -1;
    clock.month = monthAt(bytes, at);
    return clock.month === 0 ? -1 : at + 3;
  };
}

function monthName(clock: Clock): Step {
  const short = month(clock);
  return (bytes, at, end) => (short(bytes, at, end) < 0 ? -1 : letters(bytes, at, end));
}

function letters(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && (bytes[at]! | 32) >= 97 && (bytes[at]! | 32) <= 122) at++;
  return at > start ? at : -1;
}

/** `AM` or `PM`; stands behind the hour in every format that was seen. */
function halfDay(clock: Clock): Step {
  return (bytes, at, end) => {
    if (at + 2 > end || (bytes[at + 1]! | 32) !== 109) return -1;
    const letter = bytes[at]! | 32;
    if (letter === 112) clock.hour += 12;
    return letter === 112 || letter === 97 ? at + 2 : -1;
  };
}

/** `UTC`, `GMT`; any other name is the zone of the host. */
function zoneName(clock: Clock): Step {
  return (bytes, at, end) => {
    const to = letters(bytes, at, end);
    if (to - at === 3 && (startsWith(bytes, at, to, UTC) || startsWith(bytes, at, to, GMT))) clock.zone = 0;
    return to;
  };
}

function zone(clock: Clock): Step {
  return (bytes, at, end) => {
    if (at + 5 > end) return -1;
    clock.zone = zoneMinutes(bytes, at, at + 5);
    return Number.isNaN(clock.zone) ? -1 : at + 5;
  };
}

function verbatim(byte: number): Step {
  return (bytes, at, end) => (at < end && bytes[at] === byte ? at + 1 : -1);
}

function epochTime(unit: number, clock: Clock): Step {
  return (bytes, at, end) => {
    const stop = digitsEnd(bytes, at, end);
    const value = decimal(bytes, at, stop) * unit;
    if (value < 0 || value > MAX_EPOCH_US) return -1;
    clock.setWhole(value, unit);
    return stop;
  };
}

function fraction(places: 3 | 6, clock: Clock): Step {
  return (bytes, at, end) => {
    const value = at + places <= end ? decimal(bytes, at, at + places) : -1;
    if (value < 0) return -1;
    clock.fractionUs = places === 3 ? value * 1000 : value;
    return at + places;
  };
}

function digitsEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at]! >= 48 && bytes[at]! <= 57) at++;
  return at;
}
