/*
 * `free` with any options (seen: procps 4.0, busybox 1.35; procps 3.2 as documented).
 *
 *                total        used        free      shared  buff/cache   available
 * Mem:        24684084      418228    23652116        8872      914084    24265856
 * Swap:              0           0           0
 * -/+ buffers/cache:     331928   15870500
 *
 * The unit is an option of the command and is not printed, except with -h.
 *
 * https://man7.org/linux/man-pages/man1/free.1.html
 */
import { lineText } from '../../base/line-text.ts';
import type { Int64Column, TableBuilder, TextColumn } from '../../base/table-builder.ts';
import { KNOWN, type LineOutcome, type LineParser, ROW } from '../source.ts';

const LONGEST_LINE = 400;
const MOST_NAMES = 10;
const HEADER = /^total\s+used\s+free\b/;
const ROWS = /^(Mem|Swap|Low|High|-\/\+ buffers\/cache):\s+(.*)$/;
const NOT_KEPT = /^(?:Total|Comm): /;
const SIZE = /^(\d{1,16}(?:\.\d{1,3})?)([BKMGTP]i?)?$/;
const OPTION = /(?:^|\/)free[^/]*?[-_]([bkmg])(?:[-_.]|$)/;
const OPTION_BYTES: Readonly<Record<string, number>> = { b: 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 };
const POWERS = 'BKMGTP';
/** A host with less memory, in kB, than this runs no web server; one that has it in MB is large. */
const SMALLEST_KB = 2 ** 18;
const LARGEST_KB = 2 ** 34;
const MOST = 2 ** 53;

/** What /proc/meminfo calls a number, where it has a name for it. */
const MEMINFO: Readonly<Record<string, string>> = {
  'Mem total': 'MemTotal',
  'Mem free': 'MemFree',
  'Mem available': 'MemAvailable',
  'Mem shared': 'Shmem',
  'Mem buffers': 'Buffers',
  'Mem cached': 'Cached',
  'Swap total': 'SwapTotal',
  'Swap free': 'SwapFree',
  'Low total': 'LowTotal',
  'Low free': 'LowFree',
  'High total': 'HighTotal',
  'High free': 'HighFree',
};

/** Reads sizes into the `memory` table under the names of /proc/meminfo. */
export class FreeParser implements LineParser {
  readonly #table: TableBuilder;
  readonly #key: TextColumn;
  readonly #value: Int64Column;
  readonly #option: number | null;
  #names: readonly string[] = [];
  #unit = 1024;

  constructor(table: TableBuilder, member: string) {
    this.#table = table;
    this.#key = table.text('key');
    this.#value = table.int64('value_bytes');
    this.#option = OPTION_BYTES[OPTION.exec(member)?.[1] ?? ''] ?? null;
  }

  line(bytes: Uint8Array, start: number, end: number): LineOutcome {
    if (end - start > LONGEST_LINE) return 'longer than any line of free';
    const text = lineText(bytes, start, end).trim();
    if (text === '' || NOT_KEPT.test(text)) return KNOWN;
    if (HEADER.test(text)) {
      this.#names = text.split(/\s+/).slice(0, MOST_NAMES);
      return KNOWN;
    }
    const [, row, rest] = ROWS.exec(text) ?? [];
    if (row === undefined) return 'not a line of free';
    const names = row.startsWith('-') ? ['used', 'free'] : this.#names;
    const fields = rest!.split(/\s+/);
    if (fields.length > names.length) return 'more numbers than names';
    if (row === 'Mem') this.#unit = this.#option ?? usualUnit(fields[0]!);
    const values = fields.map((field) => sizeBytes(field, this.#unit));
    if (values.some((value) => value < 0)) return 'not a size';
    for (const [i, value] of values.entries()) {
      const printed = `${row} ${names[i]!}`;
      this.#key.setText(Object.hasOwn(MEMINFO, printed) ? MEMINFO[printed]! : printed);
      this.#value.set(value);
      this.#table.next();
    }
    return ROW;
  }
}

/** Bytes a plain number counts: kB, unless the memory of the host would be too small or too large in it. */
function usualUnit(total: string): number {
  const number = Number(total);
  if (number < SMALLEST_KB) return 2 ** 20;
  return number > LARGEST_KB ? 1 : 1024;
}

function sizeBytes(field: string, unit: number): number {
  const [, number, suffix] = SIZE.exec(field) ?? [];
  if (number === undefined) return -1;
  const value = Number(number) * (suffix === undefined ? unit : 1024 ** POWERS.indexOf(suffix[0]!));
  return value < MOST ? Math.round(value) : -1;
}
