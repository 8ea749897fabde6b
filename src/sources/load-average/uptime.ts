/*
 * `uptime`, and the first line of `w` (seen: procps 4.0, busybox 1.35).
 *
 *  14:39:15 up 22 min,  0 user,  load average: 0.33, 0.51, 0.41
 *  09:12:01 up 3 days,  2:03,  1 user,  load average: 12,41, 8,03, 4,11
 *
 * https://man7.org/linux/man-pages/man1/uptime.1.html
 */
import { lineText } from '../../base/line-text.ts';
import type { TableBuilder } from '../../base/table-builder.ts';
import { KNOWN, type LineOutcome, type LineParser, ROW } from '../source.ts';

const LONGEST_LINE = 400;
/** Some languages write a comma in numbers. */
const AVERAGE = String.raw`(\d{1,6}[.,]\d\d)`;
const UPTIME = new RegExp(
  String.raw`^(?:\d\d:\d\d:\d\d|\d\d:\d\d(?:[ap]m)?) up +(?:(\d{1,6}) days?, +)?(?:(\d{1,2}):(\d\d)|(\d{1,2}) min),.{0,40}load averages?: ${AVERAGE},? ${AVERAGE},? ${AVERAGE}$`,
);
const REST_OF_W = /^(?:USER +TTY|\S+ +(?:tty|pts\/|:)\S* )/;

/** Reads the line into the `load_average` table. */
export class UptimeParser implements LineParser {
  readonly #table: TableBuilder;

  constructor(table: TableBuilder) {
    this.#table = table;
  }

  line(bytes: Uint8Array, start: number, end: number): LineOutcome {
    if (end - start > LONGEST_LINE) return 'longer than any line of uptime';
    const text = lineText(bytes, start, end).trim();
    if (text === '' || REST_OF_W.test(text)) return KNOWN;
    const match = UPTIME.exec(text);
    if (match === null) return 'not a line of uptime';
    const [days, hours, minutes, onlyMinutes] = match.slice(1, 5).map((part) => Number(part ?? 0));
    this.#table.int64('uptime_s').set(days! * 86_400 + hours! * 3600 + (minutes! + onlyMinutes!) * 60);
    for (const [i, name] of ['load1', 'load5', 'load15'].entries()) {
      this.#table.number(name).set(Number(match[5 + i]!.replace(',', '.')));
    }
    this.#table.next();
    return ROW;
  }
}
