/*
 * `vmstat INTERVAL [COUNT]` (seen: procps 4.0, with -a, -t, -w, -n; 3.2 as documented). Its first line of numbers is an
 * average since boot; headers come again every screen.
 *
 * procs -----------memory---------- ---swap-- -----io---- -system-- ------cpu----- -----timestamp-----
 *  r  b   swpd   free   buff  cache   si   so    bi    bo   in   cs us sy id wa st                 UTC
 *  1  0      0 23652116  56932 857252    0    0   873  1022  251  834 10  5 85  0  0 2026-11-24 14:39:15
 *
 * https://man7.org/linux/man-pages/man8/vmstat.8.html
 */
import { lineText } from '../../base/line-text.ts';
import { type Int64Column, NumberColumn, type TableBuilder } from '../../base/table-builder.ts';
import { DAY_US, epochDay, HOUR_US, MINUTE_US, SECOND_US } from '../../base/time.ts';
import type { Zone } from '../../base/zone.ts';
import { KNOWN, type LineOutcome, type LineParser, type MemberContext, ROW } from '../source.ts';
import { HEADINGS } from './columns.ts';

const LONGEST_LINE = 1000;
const TITLE = /^-*procs-* -/;
const STAMP = /\b(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)\b/;
const UNITS: Readonly<Record<string, number>> = { k: 1000, K: 1024, m: 1_000_000, M: 2 ** 20 };
const MOST = 2 ** 53;

interface Field {
  readonly column: NumberColumn | Int64Column;
  readonly factor: number;
}

/** Reads lines of numbers into the `vmstat` table. */
export class VmstatParser implements LineParser {
  readonly #table: TableBuilder;
  readonly #zone: Zone;
  readonly #unit: number;
  #fields: readonly Field[] | null = null;
  #rows = 0;

  constructor(table: TableBuilder, { member, zone }: MemberContext) {
    this.#table = table;
    this.#zone = zone;
    this.#unit = UNITS[/-S[_ ]?([kKmM])/.exec(member)?.[1] ?? 'K']!;
  }

  line(bytes: Uint8Array, start: number, end: number): LineOutcome {
    if (end - start > LONGEST_LINE) return 'longer than any line of vmstat';
    const text = lineText(bytes, start, end).trim();
    if (text === '' || TITLE.test(text)) return KNOWN;
    const words = text.split(/\s+/);
    if (words[0] === 'r') return this.#header(words);
    if (this.#fields === null) return 'no header before it';
    const reason = this.#numbers(this.#fields, words);
    if (reason !== null) {
      this.#table.abandon();
      return reason;
    }
    const printed = this.#stamp(text);
    if (!Number.isNaN(printed)) this.#table.int64('printed').set(printed);
    this.#table.number('line_no').set(++this.#rows);
    this.#table.number('since_boot').set(this.#rows === 1 ? 1 : 0);
    this.#table.next();
    return ROW;
  }

  /** The names up to the first unknown one, which is the zone of -t. */
  #header(words: readonly string[]): LineOutcome {
    const fields: Field[] = [];
    for (const word of words) {
      if (!Object.hasOwn(HEADINGS, word)) break;
      const [name, factor] = HEADINGS[word]!;
      const column = name.endsWith('_percent') ? this.#table.number(name) : this.#table.int64(name);
      fields.push({ column, factor: factor === 'unit' ? this.#unit : factor });
    }
    this.#fields = fields;
    return KNOWN;
  }

  #numbers(fields: readonly Field[], words: readonly string[]): string | null {
    if (words.length < fields.length) return 'fewer numbers than names';
    for (const [i, { column, factor }] of fields.entries()) {
      const value = /^\d{1,15}$/.test(words[i]!) ? Number(words[i]) * factor : MOST;
      if (value >= (column instanceof NumberColumn ? 1000 : MOST)) return 'not a number';
      column.set(value);
    }
    return null;
  }

  #stamp(text: string): number {
    const [, year, month, day, hour, minute, second] = (STAMP.exec(text) ?? []).map(Number);
    if (year === undefined) return Number.NaN;
    const local = epochDay(year, month!, day!) * DAY_US + hour! * HOUR_US + minute! * MINUTE_US + second! * SECOND_US;
    return this.#zone.toUtcUs(local);
  }
}
