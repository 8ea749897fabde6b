import { MINUTE_US, SECOND_US } from '../../base/time.ts';
import { FACILITIES, LEVELS, type LogLine, setPriority } from './log-line.ts';
import type { WallClock } from './wall-clock.ts';

const RECORD = /^(\d{1,4}),\d{1,20},(\d{1,16}),[^;]{0,64};/;
const PRIORITY = /^<(\d{1,4})>/;
const DECODED = /^([a-z][a-z0-9-]{2,11}) *: *([a-z]{3,6}) *: /;
const SINCE_BOOT = /^\[ *(\d{1,12}\.\d{1,9})(?: <[ +\d.]{0,32}>)?\](?:\[ *[TC]\d{1,10}\])? ?/;
const RELATIVE = /^\[(?: *\+(\d{1,9}\.\d{1,9})|([A-Z][a-z]{2})([ \d]\d) (\d\d:\d\d)|< *\d{1,9}\.\d{1,9}>)\] /;
const ENGLISH = /^\[[A-Z][a-z]{2} ([A-Z][a-z]{2}) ([ \d]\d) (\d\d:\d\d:\d\d) (\d{4})(?: <[ +\d.]{0,32}>)?\] /;
const ISO = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:([.,])(\d{1,9}))?(Z|[+-]\d\d:?\d\d) /;
const FULL = /^[A-Z][a-z]{2} (\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,9}))? ([A-Z+-][A-Za-z0-9+-]{1,8}) /;
const SYSLOG = /^([A-Z][a-z]{2}) ([ \d]\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,9}))? /;
const UNIX = /^(\d{9,11})\.(\d{6}) /;
const RFC5424 =
  /^1 (?:(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)|-) (\S{1,255}) (\S{1,48}) (\S{1,128}) \S{1,32} (?:-|(?:\[(?:[^\]\\]|\\.){0,300}\]){1,8}) {0,2}(?:ï»¿)?/;
const HOST = /^([^\s:[\]]{1,255}|[\da-fA-F:.]{3,45}) /;
const FACILITY = /^([a-z]{3,8}\d?)\.([a-z]{3,6}) /;
const TAG = /^([^\s:[\]]{1,128})(?:\[(\d{1,10})\])?:(?: |$)/;
/** `journalctl -o short-monotonic`: the host stands behind the time since boot. */
const MONOTONIC = /^([^\s:[\]]{1,255}) (?:kernel|[^\s:[\]]{1,64}\[\d{1,10}\]): /;

/** Where the text of a line begins, and whether a time stood before it: a line without one continues the line before. */
export interface Prefix {
  length: number;
  hasTime: boolean;
  /** A /dev/kmsg record, which lines of ` KEY=value` may follow. */
  isRecord: boolean;
}

/** Reads what stands before a message, in whatever dialect, into a line. Keeps what one line says of the next ones. */
export class PrefixReader {
  readonly #clock: WallClock;
  /** Time of the line before in `dmesg -e`, good to a minute; NaN before the first that is printed. */
  #relativeUs = Number.NaN;
  /** Host in `journalctl -o short-monotonic`; '' for another dialect, null until the first time since boot. */
  #host: string | null = null;

  constructor(clock: WallClock) {
    this.#clock = clock;
  }

  /** `head` is the beginning of the line, a character a byte. */
  read(head: string, line: LogLine): Prefix {
    const prefix: Prefix = { length: 0, hasTime: false, isRecord: false };
    const first = head.charCodeAt(0);
    if (first >= 48 && first <= 57 && this.#record(head, line, prefix)) return prefix;
    let rest = head;
    if (first === 60) rest = this.#priority(rest, line, prefix);
    else if (first >= 97 && first <= 122) rest = decoded(rest, line, prefix);
    if (first === 60 && this.#rfc5424(rest, line, prefix)) {
      if (line.program === 'kernel') this.#stamp(head.slice(prefix.length), line, prefix);
      return prefix;
    }
    const isLog = this.#wall(rest, line, prefix);
    if (isLog) tag(head, line, prefix);
    if (!isLog || line.program === 'kernel') this.#stamp(head.slice(prefix.length), line, prefix);
    return prefix;
  }

  #record(head: string, line: LogLine, prefix: Prefix): boolean {
    const record = RECORD.exec(head);
    if (record === null) return false;
    setPriority(line, Number(record[1]));
    line.bootS = Number(record[2]) / SECOND_US;
    prefix.length = record[0].length;
    prefix.hasTime = true;
    prefix.isRecord = true;
    return true;
  }

  #priority(head: string, line: LogLine, prefix: Prefix): string {
    const priority = PRIORITY.exec(head);
    if (priority === null) return head;
    setPriority(line, Number(priority[1]));
    prefix.length = priority[0].length;
    return head.slice(prefix.length);
  }

  #rfc5424(rest: string, line: LogLine, prefix: Prefix): boolean {
    const match = RFC5424.exec(rest);
    if (match === null) return false;
    const [whole, date, clock, fraction, zone, host, program, pid] = match;
    if (date !== undefined) {
      line.wallUs = this.#clock.iso(date, clock!, fraction ?? '', zone!);
      line.stepUs = stepOf(fraction);
    }
    line.clock = 'log';
    line.host = host === '-' ? null : host!;
    line.program = program === '-' ? null : program!;
    line.pid = /^\d{1,10}$/.test(pid!) ? Number(pid) : -1;
    prefix.hasTime = true;
    prefix.length += whole.length;
    return true;
  }

  /** The time of day; true where a host and a program follow it. */
  #wall(rest: string, line: LogLine, prefix: Prefix): boolean {
    const bracket = rest.charCodeAt(0) === 91;
    const match = bracket ? this.#bracketed(rest, line) : this.#plain(rest, line);
    if (match === 0) return false;
    prefix.length += match;
    prefix.hasTime = true;
    return !bracket && line.clock === 'log';
  }

  /** Length of the time of a log; 0 when there is none. */
  #plain(rest: string, line: LogLine): number {
    const iso = ISO.exec(rest);
    if (iso !== null) {
      line.wallUs = this.#clock.iso(iso[1]!, iso[2]!, iso[4] ?? '', iso[5]!);
      line.stepUs = stepOf(iso[4]);
      line.clock = iso[3] === ',' ? 'dmesg' : 'log';
      return iso[0].length;
    }
    line.clock = 'log';
    const syslog = SYSLOG.exec(rest);
    if (syslog !== null) {
      line.wallUs = this.#clock.yearless(syslog[1]!, syslog[2]!, syslog[3]!, syslog[4] ?? '');
      line.stepUs = stepOf(syslog[4]);
      return syslog[0].length;
    }
    const full = FULL.exec(rest);
    if (full !== null) {
      line.wallUs = this.#clock.iso(full[1]!, full[2]!, full[3] ?? '', full[4]!);
      line.stepUs = stepOf(full[3]);
      return full[0].length;
    }
    const unix = UNIX.exec(rest);
    if (unix === null) return 0;
    line.wallUs = Number(unix[1]) * SECOND_US + Number(unix[2]);
    return unix[0].length;
  }

  #bracketed(rest: string, line: LogLine): number {
    line.clock = 'dmesg';
    const english = ENGLISH.exec(rest);
    if (english !== null) {
      line.wallUs = this.#clock.english(english[1]!, english[2]!, english[4]!, english[3]!);
      line.stepUs = SECOND_US;
      return english[0].length;
    }
    const relative = RELATIVE.exec(rest);
    if (relative === null) return 0;
    const [whole, since, month, day, clock] = relative;
    if (month !== undefined) this.#relativeUs = this.#clock.yearless(month, day!, clock!, '');
    else this.#relativeUs += Math.round(Number(since ?? Number.NaN) * SECOND_US);
    line.wallUs = this.#relativeUs;
    line.stepUs = MINUTE_US;
    return whole.length;
  }

  /** The kernel's own `[ 1222.099603] `, and the host `journalctl -o short-monotonic` prints behind it. */
  #stamp(rest: string, line: LogLine, prefix: Prefix): void {
    const since = SINCE_BOOT.exec(rest);
    if (since === null) return;
    line.bootS = Number(since[1]);
    prefix.length += since[0].length;
    if (prefix.hasTime) return;
    prefix.hasTime = true;
    const behind = rest.slice(since[0].length);
    this.#host ??= MONOTONIC.exec(behind)?.[1] ?? '';
    if (this.#host === '' || !behind.startsWith(`${this.#host} `)) return;
    line.host = this.#host;
    prefix.length += this.#host.length + 1;
    prefix.length += program(behind.slice(this.#host.length + 1), line);
  }
}

function decoded(head: string, line: LogLine, prefix: Prefix): string {
  const match = DECODED.exec(head);
  if (match === null || !named(match[1]!, match[2]!, line)) return head;
  prefix.length = match[0].length;
  return head.slice(prefix.length);
}

/** `www1 kernel: `, `www1 kern.warn kernel: ` (busybox), `www1 systemd[1]: `. */
function tag(head: string, line: LogLine, prefix: Prefix): void {
  let rest = head.slice(prefix.length);
  const host = TAG.test(rest) ? null : HOST.exec(rest);
  if (host !== null) {
    line.host = host[1]!;
    rest = rest.slice(host[0].length);
    prefix.length += host[0].length;
  }
  const facility = FACILITY.exec(rest);
  if (facility !== null && named(facility[1]!, facility[2]!, line)) {
    rest = rest.slice(facility[0].length);
    prefix.length += facility[0].length;
  }
  prefix.length += program(rest, line);
}

/** Length of `apache2[731]: `; 0 when there is no such thing. */
function program(rest: string, line: LogLine): number {
  const match = TAG.exec(rest);
  if (match === null) return 0;
  line.program = match[1]!;
  line.pid = match[2] === undefined ? -1 : Number(match[2]);
  return match[0].length;
}

function named(facility: string, level: string, line: LogLine): boolean {
  const ofFacility = FACILITIES.indexOf(facility);
  const ofLevel = LEVELS.indexOf(level);
  if (ofFacility < 0 || ofLevel < 0) return false;
  line.facility = ofFacility;
  line.level = ofLevel;
  return true;
}

function stepOf(fraction: string | undefined): number {
  return SECOND_US / 10 ** Math.min(fraction?.length ?? 0, 6);
}
