/*
 * /proc/net/snmp and /proc/net/netstat (seen: kernels 2.6 to 6.18): pairs of lines, names then values, told apart by their
 * first word. The order of fields changes between kernels: only the names count. /proc/net/snmp6 has one counter a line.
 *
 * Tcp: RtoAlgorithm RtoMin RtoMax MaxConn ActiveOpens PassiveOpens …
 * Tcp: 1 200 120000 -1 0 83 …
 * TcpExt: SyncookiesSent SyncookiesRecv SyncookiesFailed …
 * TcpExt: 1872 0 0 …
 * Ip6InReceives                           5344
 *
 * https://docs.kernel.org/networking/snmp_counter.html
 */
import { signedDecimal, skipBlanks, tokenEnd } from '../../base/bytes.ts';
import type { Int64Column, TableBuilder, TextColumn } from '../../base/table-builder.ts';
import { KNOWN, type LineOutcome, type LineParser, ROW } from '../source.ts';

const COLON = 58;
const MINUS = 45;
const ZERO = 48;
const NINE = 57;
const NAME = /^[A-Za-z][A-Za-z0-9_]*$/;

/** Reads the counter files of /proc/net into the `counter` table. */
export class ProcNetCountersParser implements LineParser {
  readonly #table: TableBuilder;
  readonly #name: TextColumn;
  readonly #value: Int64Column;
  /** Names of the section whose values come next, section included; null when no names wait. */
  #names: readonly string[] | null = null;
  #section = '';

  constructor(table: TableBuilder) {
    this.#table = table;
    this.#name = table.text('name');
    this.#value = table.int64('value');
  }

  line(bytes: Uint8Array, start: number, end: number): LineOutcome {
    const words = readWords(bytes, start, end);
    const first = words[0];
    if (first === undefined) return KNOWN;
    const names = this.#names;
    this.#names = null;
    if (bytes[skipBlanks(bytes, start, end) + first.length - 1] !== COLON)
      return this.#simple(bytes, start, end, words);
    const section = first.slice(0, -1);
    if (!NAME.test(section)) return 'not a section of counters';
    if (words.length > 1 && !isNumber(words[1]!)) return this.#remember(section, words);
    if (names === null || section !== this.#section) return 'values without the line of names before them';
    return this.#values(bytes, start, end, names, words.length - 1);
  }

  #remember(section: string, words: readonly string[]): LineOutcome {
    if (!words.every((word, at) => at === 0 || NAME.test(word))) return 'not a list of counter names';
    this.#section = section;
    this.#names = words.slice(1).map((word) => section + word);
    return KNOWN;
  }

  #values(bytes: Uint8Array, start: number, end: number, names: readonly string[], count: number): LineOutcome {
    if (count !== names.length) return 'fewer or more values than names';
    const values: number[] = [];
    let at = tokenEnd(bytes, skipBlanks(bytes, start, end), end);
    for (let i = 0; i < count; i++) {
      const from = skipBlanks(bytes, at, end);
      at = tokenEnd(bytes, from, end);
      const value = signedDecimal(bytes, from, at);
      if (Number.isNaN(value)) return 'value is not a 64-bit number';
      values.push(value);
    }
    for (const [index, value] of values.entries()) this.#add(names[index]!, value);
    return ROW;
  }

  #simple(bytes: Uint8Array, start: number, end: number, words: readonly string[]): LineOutcome {
    if (words.length !== 2 || !NAME.test(words[0]!)) return 'not a counter line';
    const from = skipBlanks(bytes, tokenEnd(bytes, skipBlanks(bytes, start, end), end), end);
    const value = signedDecimal(bytes, from, tokenEnd(bytes, from, end));
    if (Number.isNaN(value)) return 'value is not a 64-bit number';
    this.#add(words[0]!, value);
    return ROW;
  }

  #add(name: string, value: number): void {
    this.#name.setText(name);
    this.#value.set(value);
    this.#table.next();
  }
}

/** Two lines of a few kilobytes a section: the one parser here where a string per word costs nothing. */
function readWords(bytes: Uint8Array, start: number, end: number): string[] {
  const words: string[] = [];
  for (let at = skipBlanks(bytes, start, end); at < end; at = skipBlanks(bytes, at, end)) {
    const stop = tokenEnd(bytes, at, end);
    let word = '';
    for (let i = at; i < stop; i++) word += String.fromCharCode(bytes[i]!);
    words.push(word);
    at = stop;
  }
  return words;
}

function isNumber(word: string): boolean {
  const byte = word.charCodeAt(0);
  return byte === MINUS || (byte >= ZERO && byte <= NINE);
}
