/*
 * `netstat -s` (seen: net-tools 2.10; wordings of older ones are known). Sections, then a counter a line: a sentence with
 * the number in it, or the kernel's name. Which of the two depends on version and kernel for the same counter; the same
 * words mean different counters in different sections. Counters at zero are mostly left out.
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
import { decimal } from '../../base/bytes.ts';
import type { Int64Column, TableBuilder, TextColumn } from '../../base/table-builder.ts';
import { KNOWN, type LineOutcome, type LineParser, ROW } from '../source.ts';
import { WORDINGS } from './wordings.ts';

const SECTION = /^([A-Z][A-Za-z0-9]*):$/;
const HISTOGRAM = /^ICMP (input|output) histogram:$/;
const NUMBER = /(?<=^|\s)\d+(?=\s|$)/;
const NAME = /^([A-Za-z][A-Za-z0-9_]*): N$/;
/** Sections that word their counters as another does. */
const SAME_WORDS: Readonly<Record<string, string>> = {
  UdpLite: 'Udp',
  Ip6: 'Ip',
  Icmp6: 'Icmp',
  Udp6: 'Udp',
  UdpLite6: 'Udp',
};

const NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries(WORDINGS).flatMap(([section, counters]) =>
    Object.entries(counters).flatMap(([name, wordings]) =>
      wordings.map((wording): [string, string] => [`${section}: ${wording}`, name]),
    ),
  ),
);

/** Reads netstat -s into the `counter` table under the kernel's names. */
export class NetstatStatisticsParser implements LineParser {
  readonly #table: TableBuilder;
  readonly #name: TextColumn;
  readonly #value: Int64Column;
  #section = '';
  /** `In` or `Out` within an ICMP histogram. */
  #direction: '' | 'In' | 'Out' = '';

  constructor(table: TableBuilder) {
    this.#table = table;
    this.#name = table.text('name');
    this.#value = table.int64('value');
  }

  line(bytes: Uint8Array, start: number, end: number): LineOutcome {
    const text = readText(bytes, start, end);
    if (text === '') return KNOWN;
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
    if (this.#section === '') return 'counter outside of a section';
    const number = NUMBER.exec(text);
    if (number === null) return 'no number in the line';
    const digits = new TextEncoder().encode(number[0]);
    const value = decimal(digits, 0, digits.length);
    if (value < 0) return 'value is not a 64-bit number';
    const name = this.#nameOf(`${text.slice(0, number.index)}N${text.slice(number.index + number[0].length)}`);
    if (name === null) return 'no counter name';
    this.#name.setText(name);
    this.#value.set(value);
    this.#table.next();
    return ROW;
  }

  #nameOf(wording: string): string | null {
    const section = this.#section;
    const words = SAME_WORDS[section] ?? section;
    const known = NAMES.get(`${words}${this.#direction}: ${wording}`) ?? NAMES.get(`${words}: ${wording}`);
    if (known !== undefined) return section + known;
    const named = NAME.exec(wording)?.[1];
    if (named !== undefined && /^[A-Z]/.test(named)) return named.startsWith(section) ? named : section + named;
    const made = camelCase(wording.replace(/\bN\b/, ' '));
    return made === '' ? null : section + this.#direction + made;
  }
}

/** The line as text: one blank between words, no full stop at the end, bytes that are not ASCII as blanks. */
function readText(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    if (byte > 32 && byte < 127) text += String.fromCharCode(byte);
    else if (text !== '' && !text.endsWith(' ')) text += ' ';
  }
  return text.trimEnd().replace(/\.$/, '');
}

function camelCase(wording: string): string {
  return wording
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');
}
