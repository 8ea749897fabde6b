import { ascii, equals, indexOfByte, indexOfBytes, startsWith } from '../../base/bytes.ts';
import { jsonText } from '../../base/extra-column.ts';
import { setEscaped } from '../../base/unescape.ts';
import { type FormatItem, type FormatPiece, formatFields } from './format-fields.ts';
import type { LocalTime } from './local-time.ts';
import { readErrno, readLevel, readLocation, readMessage, readModule } from './pieces.ts';
import type { ErrorRow } from './row.ts';

const SPACE = 32;
const DASH = 45;
const COLON_SPACE = ascii(': ');

/** Fills the row from a line; false when the line is not of the format. */
export type ErrorFormat = (bytes: Uint8Array, start: number, end: number) => boolean;

/** Takes the value that fills `bytes[start, end)`; false when it cannot be one. */
type Take = (bytes: Uint8Array, start: number, end: number) => boolean;

interface Item {
  readonly take: Take;
  /** Bytes that follow the value; null: a space, or the end of the line. */
  readonly stop: Uint8Array | null;
  /** Length of a value that may hold what follows it; 0: up to what follows. */
  readonly length: number;
}

interface Field {
  readonly pieces: readonly (Uint8Array | Item)[];
  /** Whether it is left out where one of its items has no value. */
  readonly isOptional: boolean;
  readonly isMessage: boolean;
}

/** Compiles an ErrorLogFormat: fields set apart by spaces, some of which may be missing from a line. */
export function compileErrorFormat(text: string, row: ErrorRow, time: LocalTime): ErrorFormat {
  const fields = formatFields(text)
    .filter((pieces) => pieces.length > 0)
    .map((pieces) => compileField(pieces, row, time));
  const message = fields.findIndex((field) => field.isMessage);
  const before = message < 0 ? fields : fields.slice(0, message);
  const after = message < 0 ? [] : fields.slice(message + 1);
  return (bytes, start, end) => {
    let at = start;
    let isAny = false;
    for (const field of before) {
      const from = isAny && bytes[at] === SPACE ? at + 1 : at;
      const to = readField(field, bytes, from, end);
      if (to < 0 && !field.isOptional) return false;
      if (to < 0) continue;
      isAny = true;
      at = to;
    }
    if (message < 0) {
      row.message.setBytes(bytes, start, end);
      return at === end && isAny;
    }
    const from = isAny && bytes[at] === SPACE ? at + 1 : at;
    const to = readBackwards(after, bytes, from, end);
    readMessage(row, bytes, from, to);
    return isAny && to > from;
  };
}

/** Reads what may follow the message, last field first; returns where the message ends. */
function readBackwards(fields: readonly Field[], bytes: Uint8Array, start: number, end: number): number {
  let to = end;
  for (const field of fields.toReversed()) {
    const first = field.pieces[0];
    if (!(first instanceof Uint8Array)) continue;
    let at = to - first.length;
    while (at >= start && !equals(bytes, at, at + first.length, first)) at--;
    if (at < start || readField(field, bytes, at, to, true) !== to) continue;
    to = at > start && bytes[at - 1] === SPACE ? at - 1 : at;
  }
  return to;
}

/** Returns where the field ends; -1 when it is not there. `fills`: it reaches to `end`, spaces and all. */
function readField(field: Field, bytes: Uint8Array, start: number, end: number, fills = false): number {
  let at = start;
  for (const piece of field.pieces) {
    if (piece instanceof Uint8Array) {
      if (!startsWith(bytes, at, end, piece)) return -1;
      at += piece.length;
      continue;
    }
    const to =
      piece.length > 0 ? at + piece.length : fills && piece.stop === null ? end : valueEnd(piece.stop, bytes, at, end);
    if (to < 0 || to > end || (to === at && piece.stop === null)) return -1;
    const isDash = to - at === 1 && bytes[at] === DASH;
    if (!isDash && !piece.take(bytes, at, to)) return -1;
    at = to;
  }
  return at;
}

function valueEnd(stop: Uint8Array | null, bytes: Uint8Array, at: number, end: number): number {
  if (stop !== null) return indexOfBytes(bytes, stop, at, end);
  const space = indexOfByte(bytes, SPACE, at, end);
  return space < 0 ? end : space;
}

function compileField(pieces: readonly FormatPiece[], row: ErrorRow, time: LocalTime): Field {
  const items = pieces.filter((piece) => 'letter' in piece);
  return {
    isMessage: items.some((item) => item.letter === 'M'),
    isOptional: items.some((item) => !item.hasDash && !ALWAYS_THERE.has(item.letter)),
    pieces: pieces.map((piece, i) => {
      if ('literal' in piece) return ascii(piece.literal);
      const next = pieces[i + 1];
      const stop = next !== undefined && 'literal' in next ? ascii(next.literal) : null;
      const length = piece.letter === 't' && stop === null ? timeLength(piece.argument ?? '') : 0;
      return { take: takeOf(piece, row, time), stop, length };
    }),
  };
}

const ALWAYS_THERE: ReadonlySet<string> = new Set(['t', 'l', 'm', 'P', 'T', 'M']);

/** `Sun Nov 22 20:36:14 2026`, or shorter and with a zone as the argument says. */
function timeLength(argument: string): number {
  const whole = argument.includes('c') ? 19 : 24;
  return whole + (argument.includes('u') ? 7 : 0) + (argument.includes('z') ? 6 : 0);
}

function takeOf(item: FormatItem, row: ErrorRow, time: LocalTime): Take {
  const read = TAKES[item.letter];
  if (item.letter === 't') {
    return (bytes, start, end) => {
      const us = time.read(bytes, start, end);
      row.setTime(us);
      return !Number.isNaN(us);
    };
  }
  if (read !== undefined && (item.argument === null || item.letter === 'T')) return read(row);
  if (item.letter === 'i' && item.argument?.toLowerCase() === 'referer') {
    return (bytes, start, end) => {
      setEscaped(row.referer, bytes, start, end);
      return true;
    };
  }
  const name = jsonText(`%${item.argument === null ? '' : `{${item.argument}}`}${item.letter}`);
  return (bytes, start, end) => {
    row.extra.add(name, bytes, start, end);
    return true;
  };
}

const TAKES: Readonly<Record<string, (row: ErrorRow) => Take>> = {
  m: (row) => (bytes, start, end) => {
    readModule(row, bytes, start, end);
    return true;
  },
  l: (row) => (bytes, start, end) => readLevel(row, bytes, start, end),
  P: (row) => (bytes, start, end) => row.setProcess(bytes, start, end),
  T: (row) => (bytes, start, end) => row.setThread(bytes, start, end),
  a: (row) => (bytes, start, end) => {
    const isAddress = row.setEndpoint({ address: row.client, port: row.clientPort }, bytes, start, end, true);
    if (!isAddress) row.client.clear();
    return isAddress;
  },
  L: (row) => (bytes, start, end) => {
    row.logId.setBytes(bytes, start, end);
    return true;
  },
  v: (row) => (bytes, start, end) => {
    row.vhost.setBytes(bytes, start, end);
    return true;
  },
  V: (row) => (bytes, start, end) => {
    row.vhost.setBytes(bytes, start, end);
    return true;
  },
  F: (row) => (bytes, start, end) => readLocation(row, withColon(bytes, start, end), 0, end - start + 2) > 0,
  E: (row) => (bytes, start, end) => readErrno(row, withColon(bytes, start, end), 0, end - start + 2) > 0,
};

/** The value as the default format has it. */
function withColon(bytes: Uint8Array, start: number, end: number): Uint8Array {
  const whole = new Uint8Array(end - start + COLON_SPACE.length);
  whole.set(bytes.subarray(start, end));
  whole.set(COLON_SPACE, end - start);
  return whole;
}
