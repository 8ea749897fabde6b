import { ascii, equals, indexOfByte, skipBlanks, startsWith } from '../../base/bytes.ts';
import { jsonText } from '../../base/extra-column.ts';
import { unescaped } from '../../base/unescape.ts';
import { readAnyTime } from './any-time.ts';
import { extraField, fieldOf, targetField } from './fields.ts';
import { meaningOfKey } from './json-keys.ts';
import { readLogFormat } from './log-format.ts';
import type { RequestRow } from './row.ts';
import type { Take } from './step.ts';

const QUOTE = 34;
const BACKSLASH = 92;
const COLON = 58;
const COMMA = 44;
const DOT = 46;
const OPEN = 123;
const CLOSE = 125;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const NULL = ascii('null');
/** Keys remembered by their place in the line. */
const MAX_PLACES = 200;

interface Slot {
  readonly key: Uint8Array;
  readonly extra: Uint8Array;
  /** What the value fills; null: no column. */
  readonly fills: string | null;
  readonly take: Take | null;
}

/**
 * Reads a log of JSON objects, one a line, that no LogFormat is known of: common keys fill columns, all others go to
 * `extra`. Objects within are read one level deep. Apache's escapes, which are no JSON, are undone as well.
 */
export class JsonLine {
  readonly #row: RequestRow;
  /** By place in the line: lines of one log have the same keys in the same order. */
  readonly #places: Slot[] = [];
  readonly #filled = new Set<string>();
  #place = 0;

  constructor(row: RequestRow) {
    this.#row = row;
  }

  /** Fills the row; null when the whole line was read, else why it does not fit. */
  read(bytes: Uint8Array, start: number, end: number): string | null {
    this.#place = 0;
    this.#filled.clear();
    const at = this.#object(bytes, start, end, null);
    if (at < 0) return 'JSON object is broken or ends early';
    if (skipBlanks(bytes, at, end) < end) return 'line goes on after its JSON object';
    return this.#filled.size > 0 ? null : 'JSON object without a key that is known';
  }

  /** Reads the object at `at` and returns where it ends; -1 when it is broken. */
  #object(bytes: Uint8Array, start: number, end: number, parent: string | null): number {
    let at = skipBlanks(bytes, start + 1, end);
    if (bytes[at] === CLOSE && at < end) return at + 1;
    while (at < end) {
      const keyEnd = bytes[at] === QUOTE ? stringEnd(bytes, at, end) : -1;
      const colon = keyEnd < 0 ? -1 : skipBlanks(bytes, keyEnd, end);
      if (colon < 0 || colon >= end || bytes[colon] !== COLON) return -1;
      at = this.#value(bytes, skipBlanks(bytes, colon + 1, end), end, parent, at + 1, keyEnd - 1);
      if (at < 0) return -1;
      at = skipBlanks(bytes, at, end);
      if (at < end && bytes[at] === CLOSE) return at + 1;
      if (at >= end || bytes[at] !== COMMA) return -1;
      at = skipBlanks(bytes, at + 1, end);
    }
    return -1;
  }

  #value(bytes: Uint8Array, at: number, end: number, parent: string | null, keyStart: number, keyEnd: number): number {
    if (at >= end) return -1;
    const first = bytes[at]!;
    if (first === OPEN && parent === null) {
      return this.#object(bytes, at, end, new TextDecoder().decode(bytes.subarray(keyStart, keyEnd)));
    }
    const isText = first === QUOTE;
    const to = isText
      ? stringEnd(bytes, at, end)
      : first === OPEN || first === OPEN_LIST
        ? nestedEnd(bytes, at, end)
        : bareEnd(bytes, at, end);
    if (to < 0 || to === at) return -1;
    const slot = this.#slot(bytes, keyStart, keyEnd, parent);
    if (isText) this.#keep(slot, bytes, at + 1, to - 1);
    else if (!equals(bytes, at, to, NULL)) this.#keep(slot, bytes, at, to);
    return to;
  }

  #keep(slot: Slot, bytes: Uint8Array, start: number, end: number): void {
    if (end === start || (end - start === 1 && bytes[start] === 45 && slot.fills !== 'connection_status')) return;
    if (slot.fills !== null && !this.#filled.has(slot.fills) && slot.take!(bytes, start, end)) {
      this.#filled.add(slot.fills);
      return;
    }
    this.#row.extra.add(slot.extra, bytes, start, end);
  }

  #slot(bytes: Uint8Array, start: number, end: number, parent: string | null): Slot {
    const place = this.#place++;
    const known = this.#places[place];
    if (known !== undefined && isKey(known.key, parent, bytes, start, end)) return known;
    const name = new TextDecoder().decode(unescaped(bytes, start, end) ?? bytes.subarray(start, end));
    const slot = this.#makeSlot(parent === null ? name : `${parent}.${name}`, bytes.slice(start, end), parent);
    if (place < MAX_PLACES) this.#places[place] = slot;
    return slot;
  }

  #makeSlot(name: string, own: Uint8Array, parent: string | null): Slot {
    const key = parent === null ? own : joined(ascii(`${parent}.`), own);
    const meaning = meaningOfKey(name);
    const row = this.#row;
    const slot = { key, extra: jsonText(name) };
    if (meaning === null) return { ...slot, fills: null, take: null };
    if ('time' in meaning) {
      const clock = meaning.time === 'start' ? row.start : row.end;
      return { ...slot, fills: meaning.time, take: (bytes, from, to) => readAnyTime(clock, bytes, from, to) };
    }
    if ('durationUs' in meaning) return { ...slot, fills: 'duration', take: duration(row, meaning.durationUs) };
    if (meaning.directive === '%U%q') return { ...slot, fills: 'path', take: targetField.take(row) };
    const directive = readLogFormat(meaning.directive)![0]!;
    const field =
      'letter' in directive ? fieldOf(directive) : extraField({ letter: 'x', argument: name, final: false, text: '' });
    return { ...slot, fills: field.fills, take: field.take(row) };
  }
}

/** `unitUs` zero: only a number with decimals tells its unit, it is seconds. */
function duration(row: RequestRow, unitUs: number): Take {
  return (bytes, start, end) => {
    if (unitUs === 0 && indexOfByte(bytes, DOT, start, end) < 0) return false;
    const value = Number(new TextDecoder().decode(bytes.subarray(start, Math.min(end, start + 24))));
    return value >= 0 && row.setDuration(Math.round(value * (unitUs === 0 ? 1_000_000 : unitUs)));
  };
}

function isKey(key: Uint8Array, parent: string | null, bytes: Uint8Array, start: number, end: number): boolean {
  const before = parent === null ? 0 : parent.length + 1;
  if (key.length - before !== end - start || !startsWith(bytes, start, end, key.subarray(before))) return false;
  for (let i = 0; i < before - 1; i++) if (key[i] !== parent!.charCodeAt(i)) return false;
  return true;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** Where the text that begins with the quote at `at` ends, behind its closing quote; -1 when it does not. */
function stringEnd(bytes: Uint8Array, at: number, end: number): number {
  let to = at + 1;
  while (to < end && bytes[to] !== QUOTE) to += bytes[to] === BACKSLASH ? 2 : 1;
  return to < end ? to + 1 : -1;
}

function bareEnd(bytes: Uint8Array, at: number, end: number): number {
  let to = at;
  while (to < end && bytes[to] !== COMMA && bytes[to] !== CLOSE && bytes[to]! > 32) to++;
  return to < end ? to : -1;
}

/** Where the object or list at `at` ends. */
function nestedEnd(bytes: Uint8Array, at: number, end: number): number {
  let depth = 0;
  for (let to = at; to < end; to++) {
    const byte = bytes[to]!;
    if (byte === QUOTE) {
      to = stringEnd(bytes, to, end) - 1;
      if (to < at) return -1;
    } else if (byte === OPEN || byte === OPEN_LIST) depth++;
    else if ((byte === CLOSE || byte === CLOSE_LIST) && --depth === 0) return to + 1;
  }
  return -1;
}
