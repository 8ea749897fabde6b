/*
 * Limits of a process: /proc/PID/limits (seen: kernel 6.18), and `ulimit -a` of bash 5.2, dash 0.5 and busybox 1.35,
 * whose names and units are other ones.
 *
 * Limit                     Soft Limit           Hard Limit           Units
 * Max open files            1024                 524288               files
 *
 * open files                          (-n) 20000
 * stack size                  (kbytes, -s) 8192
 * stack size (kb)                 (-s) 8192
 *
 * nofiles              20000
 *
 * https://man7.org/linux/man-pages/man5/proc_pid_limits.5.html
 */
import { lineText, setLineText } from '../../base/line-text.ts';
import type { TableBuilder } from '../../base/table-builder.ts';
import { KNOWN, type LineOutcome, type LineParser, ROW } from '../source.ts';
import { KERNEL_NAMES } from './names.ts';

const LONGEST_LINE = 300;
const VALUE = String.raw`(unlimited|\d{1,19})`;
const HEADER = /^Limit\s+Soft Limit\s+Hard Limit\s+Units$/;
const PROC = new RegExp(String.raw`^(Max [a-z ]{1,40}?)\s+${VALUE}\s+${VALUE}(?:\s+([a-z]{1,20}))?$`);
const BASH = new RegExp(
  String.raw`^([A-Za-z][A-Za-z -]{1,40}?)\s+(?:\(([a-z]{1,20})\)\s+)?\((?:([^,()]{1,20}), )?-(\w)\) ${VALUE}$`,
);
const DASH = new RegExp(String.raw`^([a-z][a-z ]{1,20}?)(?:\(([a-z]{1,20})\))?\s+${VALUE}$`);
const MOST = 2 ** 53;

/** Reads limits into the `resource_limit` table. */
export class ResourceLimitParser implements LineParser {
  readonly #table: TableBuilder;
  readonly #pid: number | null;

  constructor(table: TableBuilder, member: string) {
    this.#table = table;
    const pid = Number(/(?:^|[-_/])(\d{1,9})[-_/]limits/.exec(member)?.[1] ?? Number.NaN);
    this.#pid = Number.isNaN(pid) ? null : pid;
  }

  line(bytes: Uint8Array, start: number, end: number): LineOutcome {
    if (end - start > LONGEST_LINE) return 'longer than any line of it';
    const text = lineText(bytes, start, end).trim();
    if (text === '' || HEADER.test(text)) return KNOWN;
    const proc = PROC.exec(text);
    if (proc !== null) return this.#row(proc[1]!, proc[2]!, proc[3], proc[4]);
    const bash = BASH.exec(text);
    if (bash !== null) return this.#row(kernelName(`-${bash[4]!}`, bash[1]!), bash[5]!, undefined, bash[2] ?? bash[3]);
    const dash = DASH.exec(text);
    if (dash !== null) return this.#row(kernelName(dash[1]!, dash[1]!), dash[3]!, undefined, dash[2]);
    return 'not a limit';
  }

  #row(name: string, soft: string, hard: string | undefined, unit: string | undefined): LineOutcome {
    if (this.#pid !== null) this.#table.number('pid').set(this.#pid);
    setLineText(this.#table.text('name'), name);
    this.#limit('soft', soft);
    if (hard !== undefined) this.#limit('hard', hard);
    if (unit !== undefined) setLineText(this.#table.text('unit'), unit);
    this.#table.next();
    return ROW;
  }

  /** Numbers near 2^64 are what the kernel takes for no limit. */
  #limit(column: string, value: string): void {
    if (value !== 'unlimited' && Number(value) < MOST) this.#table.int64(column).set(Number(value));
  }
}

function kernelName(key: string, printed: string): string {
  return Object.hasOwn(KERNEL_NAMES, key) ? KERNEL_NAMES[key]! : printed;
}
