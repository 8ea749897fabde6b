import { KNOWN, type LineOutcome, type LineParser, ROW } from '../source.ts';
import type { LineFormat } from './compile.ts';
import { JsonLine } from './json-line.ts';
import { formatsWithSizes, knownFormats } from './known-formats.ts';
import type { RequestRow } from './row.ts';
import { looksLikeTime } from './time-steps.ts';

/** Lines at the beginning of a member on which the formats are judged: the first one may be cut off. */
const FIRST_LINES = 20;
const OPEN_BRACE = 123;
const NO_FORMAT = 'no well-known access-log format fits';
const RUN_TOGETHER = 'two lines were written into one another';

/** A line that waits until enough of them are there. */
interface HeldLine {
  readonly bytes: Uint8Array;
  readonly lineNo: number;
  readonly offset: number;
}

/** Reads an access log whose format nobody told: each line by the most telling of the well-known ones that fits. */
export class RecognisingParser implements LineParser {
  readonly #row: RequestRow;
  readonly #withSizes: readonly LineFormat[];
  readonly #json: JsonLine;
  #formats: readonly LineFormat[];
  #current: LineFormat | null = null;
  /** The first lines; null when they have been judged. */
  #held: HeldLine[] | null = [];

  constructor(row: RequestRow) {
    this.#row = row;
    this.#withSizes = formatsWithSizes(row);
    this.#json = new JsonLine(row);
    this.#formats = [...knownFormats(row, false), ...knownFormats(row, true)];
  }

  line(bytes: Uint8Array, start: number, end: number, lineNo: number, offset: number): LineOutcome {
    if (start === end) return KNOWN;
    const reason = this.#read(bytes, start, end);
    if (reason !== null) return reason;
    if (this.#held === null) {
      this.#row.finish(bytes, start, end, lineNo, offset);
      return ROW;
    }
    this.#row.builder.abandon();
    this.#held.push({ bytes: bytes.slice(start, end), lineNo, offset });
    if (this.#held.length === FIRST_LINES) this.#judge();
    return ROW;
  }

  end(): void {
    this.#judge();
  }

  /**
   * Two numbers behind a well-known format are bytes received and sent where that can be true of all the first lines;
   * else they stay what is not known.
   */
  #judge(): void {
    const held = this.#held ?? [];
    this.#held = null;
    const areSizes = held.flatMap(({ bytes }) => {
      const isSized = find(this.#withSizes, this.#row, bytes, 0, bytes.length) !== null;
      this.#row.builder.abandon();
      return isSized ? [this.#row.bytesOut >= this.#row.bytes] : [];
    });
    if (areSizes.length > 0 && !areSizes.includes(false)) this.#formats = [...this.#withSizes, ...this.#formats];
    this.#current = this.#mostFrequent(held);
    for (const { bytes, lineNo, offset } of held) {
      this.#read(bytes, 0, bytes.length);
      this.#row.finish(bytes, 0, bytes.length, lineNo, offset);
    }
  }

  #mostFrequent(held: readonly HeldLine[]): LineFormat | null {
    const counts = new Map<LineFormat, number>();
    for (const { bytes } of held) {
      const format = find(this.#formats, this.#row, bytes, 0, bytes.length);
      this.#row.builder.abandon();
      if (format !== null) counts.set(format, (counts.get(format) ?? 0) + 1);
    }
    return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? null;
  }

  /** Fills the row; null when it could, else why not. */
  #read(bytes: Uint8Array, start: number, end: number): string | null {
    if (bytes[start] === OPEN_BRACE) return attempt(this.#json, this.#row, bytes, start, end);
    if (this.#current !== null && attempt(this.#current, this.#row, bytes, start, end) === null) return null;
    if (find(this.#formats, this.#row, bytes, start, end) !== null) return null;
    return times(bytes, start, end) > 1 ? RUN_TOGETHER : NO_FORMAT;
  }
}

/** Reads a line by the LogFormat it was written in; one of another, well-known format is read all the same. */
export class GivenFormatParser implements LineParser {
  readonly #row: RequestRow;
  readonly #given: LineFormat;
  readonly #others: readonly LineFormat[];
  readonly #json: JsonLine;

  constructor(row: RequestRow, given: LineFormat) {
    this.#row = row;
    this.#given = given;
    this.#others = knownFormats(row, false);
    this.#json = new JsonLine(row);
  }

  line(bytes: Uint8Array, start: number, end: number, lineNo: number, offset: number): LineOutcome {
    if (start === end) return KNOWN;
    const row = this.#row;
    const reason = attempt(this.#given, row, bytes, start, end);
    if (reason !== null && !this.#readOther(bytes, start, end)) {
      return times(bytes, start, end) > 1 ? RUN_TOGETHER : reason;
    }
    row.finish(bytes, start, end, lineNo, offset);
    return ROW;
  }

  /** Formats change while a log goes on. */
  #readOther(bytes: Uint8Array, start: number, end: number): boolean {
    if (bytes[start] === OPEN_BRACE) return attempt(this.#json, this.#row, bytes, start, end) === null;
    return find(this.#others, this.#row, bytes, start, end) !== null;
  }
}

/** How many standard times the line holds. */
function times(bytes: Uint8Array, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at++) if (looksLikeTime(bytes, at, end)) count++;
  return count;
}

function attempt(
  format: LineFormat | JsonLine,
  row: RequestRow,
  bytes: Uint8Array,
  start: number,
  end: number,
): string | null {
  row.begin();
  const reason = format.read(bytes, start, end);
  if (reason !== null) row.builder.abandon();
  return reason;
}

function find(
  formats: readonly LineFormat[],
  row: RequestRow,
  bytes: Uint8Array,
  start: number,
  end: number,
): LineFormat | null {
  return formats.find((format) => attempt(format, row, bytes, start, end) === null) ?? null;
}
