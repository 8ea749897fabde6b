/*
 * `netstat -s`, `-st`, `-su`, `-s6` (seen: net-tools 1.60 to 2.10; busybox has no -s).
 * Sections, then a counter a line: a sentence with the number in it, or the kernel's name. Which of the two depends on
 * version and kernel for the same counter; the same words mean different counters in different sections. Counters at zero
 * are mostly left out.
 *
 * Ip:
 *     Forwarding: 2
 *     5344 total packets received
 * Icmp:
 *     ICMP input histogram:
 *         destination unreachable: 3
 * TcpExt:
 *     41 times the listen queue of a socket overflowed
 *     TCPTimeouts: 4602
 *     Quick ack mode was activated 7 times
 *
 * https://man7.org/linux/man-pages/man8/netstat.8.html
 */
import { lineText } from '../../base/line-text.ts';
import type { Int64Column, TableBuilder, TextColumn } from '../../base/table-builder.ts';
import { counterValue } from '../counter-value.ts';
import { KNOWN, type LineOutcome, type LineParser, ROW } from '../source.ts';
import { type Direction, nameOf } from './names.ts';

const SECTION = /^([A-Z][A-Za-z0-9]*):$/;
const HISTOGRAM = /^ICMP (input|output) histogram:$/;
/** Blanks in a row, or a byte that is no ASCII. */
const UNEVEN = / {2}|[^ -~]/;
/** The tool calls the value 2 enabled, which in the kernel stands for "does not forward". */
const FORWARDING = new Map([
  ['Forwarding is enabled', 2],
  ['Forwarding is disabled', 1],
]);
/** The one figure without a number, and the times pt-stalk puts between its samples. */
const NOTHING = /^(?:RTO algorithm is |TS \d)/;
/** Old versions printed 64 bits through `%d`. */
const TWO_31 = 2 ** 31;
const TWO_32 = 2 ** 32;
/** Longest line that is tried; the longest sentence known has a hundred characters. */
const LINE_BYTES = 512;
const BLANK = 32;
const MINUS = 45;
const DOT = 46;
const ZERO = 48;
const NINE = 57;
const DELETE = 127;

/** Reads netstat -s into the `counter` table under the kernel's names. */
export class NetstatStatisticsParser implements LineParser {
  readonly #table: TableBuilder;
  readonly #name: TextColumn;
  readonly #value: Int64Column;
  #section = '';
  #direction: Direction = '';

  constructor(table: TableBuilder) {
    this.#table = table;
    this.#name = table.text('name');
    this.#value = table.int64('value');
  }

  line(bytes: Uint8Array, start: number, end: number): LineOutcome {
    if (end - start > LINE_BYTES) return 'too long for a counter';
    const text = readText(bytes, start, end);
    if (text === '') return KNOWN;
    // Most lines are figures: nothing else begins with a digit.
    if (text.charCodeAt(0) <= NINE) return this.#counter(text);
    const section = SECTION.exec(text);
    if (section !== null) {
      this.#section = section[1]!;
      this.#direction = '';
      return KNOWN;
    }
    const histogram = HISTOGRAM.exec(text);
    if (histogram !== null) {
      this.#direction = histogram[1] === 'input' ? 'In' : 'Out';
      return KNOWN;
    }
    const forwarding = FORWARDING.get(text);
    if (forwarding !== undefined) return this.#add(`${this.#section || 'Ip'}Forwarding`, forwarding);
    if (NOTHING.test(text)) return KNOWN;
    return this.#counter(text);
  }

  #counter(text: string): LineOutcome {
    const start = numberStart(text);
    if (start < 0) return 'no number in the line';
    const stop = wordEnd(text, start);
    const digits = text.slice(start, stop);
    const value = counterValue(digits);
    if (Number.isNaN(value)) return 'value is not a 64-bit number';
    const wording = `${text.slice(0, start)}N${text.slice(stop)}`;
    const name = nameOf(this.#section, this.#direction, wording);
    if (name === null) return this.#section === '' ? 'counter outside of a section' : 'no counter name';
    return this.#add(name, digits.startsWith('-') && value >= -TWO_31 ? value + TWO_32 : value);
  }

  #add(name: string, value: number): LineOutcome {
    this.#name.setText(name);
    this.#value.set(value);
    this.#table.next();
    return ROW;
  }
}

/** Where the first word begins that is a number; -1 where there is none. */
function numberStart(text: string): number {
  for (let at = 0; at < text.length; ) {
    const end = wordEnd(text, at);
    let digit = text.charCodeAt(at) === MINUS ? at + 1 : at;
    const first = digit;
    while (digit < end && isDigit(text.charCodeAt(digit))) digit++;
    if (digit === end && digit > first) return at;
    at = end + 1;
  }
  return -1;
}

function wordEnd(text: string, start: number): number {
  const end = text.indexOf(' ', start);
  return end < 0 ? text.length : end;
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE;
}

/** The line as text: one blank between words, no full stop at the end, bytes that are not ASCII as blanks. */
function readText(bytes: Uint8Array, start: number, end: number): string {
  let from = start;
  let to = end;
  while (from < to && !isPrintable(bytes[from]!)) from++;
  while (to > from && !isPrintable(bytes[to - 1]!)) to--;
  if (to > from && bytes[to - 1] === DOT) to--;
  const text = lineText(bytes, from, to);
  return UNEVEN.test(text) ? text.replace(/[^!-~]+/g, ' ') : text;
}

function isPrintable(byte: number): boolean {
  return byte > BLANK && byte < DELETE;
}
