/*
 * /proc/pressure/{cpu,memory,io,irq} (seen: kernel 6.18), also several in one file as `grep . /proc/pressure/*` prints them.
 *
 * some avg10=0.15 avg60=2.92 avg300=5.48 total=80559926
 * /proc/pressure/io:full avg10=0.31 avg60=0.56 avg300=0.31 total=14331819
 *
 * https://docs.kernel.org/accounting/psi.html
 */
import { lineText } from '../../base/line-text.ts';
import type { TableBuilder } from '../../base/table-builder.ts';
import { KNOWN, type LineOutcome, type LineParser, ROW } from '../source.ts';

const LONGEST_LINE = 300;
const SHARE = String.raw`(\d{1,3}\.\d{1,6})`;
const LINE = new RegExp(
  String.raw`^(?:(?:\/proc\/pressure\/)?(cpu|memory|io|irq):)?(some|full) avg10=${SHARE} avg60=${SHARE} avg300=${SHARE} total=(\d{1,15})$`,
);
/** What `tail -n +1` or `head` put before each of several files. */
const TITLE = /^==> \S*?(cpu|memory|io|irq) <==$/;

/** Reads lines into the `pressure` table. */
export class PressureParser implements LineParser {
  readonly #table: TableBuilder;
  #resource: string | null;

  constructor(table: TableBuilder, member: string) {
    this.#table = table;
    this.#resource = /pressure[-_/](cpu|memory|io|irq)\b/.exec(member)?.[1] ?? null;
  }

  line(bytes: Uint8Array, start: number, end: number): LineOutcome {
    if (end - start > LONGEST_LINE) return 'longer than any line of it';
    const text = lineText(bytes, start, end).trim();
    if (text === '') return KNOWN;
    const title = TITLE.exec(text);
    if (title !== null) {
      this.#resource = title[1]!;
      return KNOWN;
    }
    const match = LINE.exec(text);
    if (match === null) return 'not some or full with its averages';
    const resource = match[1] ?? this.#resource;
    if (resource === null) return 'neither line nor file name says of what';
    this.#table.text('resource').setText(resource);
    this.#table.text('kind').setText(match[2]!);
    for (const [i, name] of ['avg10', 'avg60', 'avg300'].entries()) this.#table.number(name).set(Number(match[3 + i]));
    this.#table.int64('total_us').set(Number(match[6]));
    this.#table.next();
    return ROW;
  }
}
