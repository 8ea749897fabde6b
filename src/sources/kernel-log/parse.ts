/**
 * Logs of the kernel and of programs, in the dialects of dmesg (util-linux 2.38 seen), syslog daemons (rsyslog 8.2302,
 * busybox 1.35) and journalctl (systemd 252):
 *
 *     [ 1222.099603] TCP: request_sock_TCP: Possible SYN flooding on port 10.77.0.1:8080. Sending cookies.
 *     kern  :warn  : [ 1569.169528] nf_conntrack: nf_conntrack: table full in netns 4026532602, dropping packet
 *     [Sun Nov 22 20:31:51 2026] v1: entered promiscuous mode
 *     2026-11-22T20:31:51,831907+00:00 v1: entered promiscuous mode
 *     Nov 22 20:31:51 www1 kernel: [ 1653.831907] v1: entered promiscuous mode
 *     2026-11-22T20:25:02.500000+0000 www1 systemd[1]: Reloaded The Apache HTTP Server.
 *     <27>1 2026-11-22T20:25:11+00:00 www1 collectd 731 - - read-function of plugin `apache' failed. …
 *
 * Which of the two tables a line goes to is told by who wrote it.
 *
 * https://man7.org/linux/man-pages/man1/dmesg.1.html
 */
import { KNOWN, type LineOutcome, type LineParser, type MemberContext, ROW, type Tables } from '../source.ts';
import { JournalEntry } from './journal-entry.ts';
import { JournalExport } from './journal-export.ts';
import { JsonLines } from './json-lines.ts';
import { emptyLine, type LogLine } from './log-line.ts';
import { LogRow } from './log-row.ts';
import { type Prefix, PrefixReader } from './prefix.ts';
import { WallClock } from './wall-clock.ts';

const ESCAPE = 27;
const BRACKET = 91;
const LETTER_M = 109;
const MINUS = 45;
const SPACE = 32;
/** First bytes of the lines of JSON: blanks, braces, closing bracket, and what parts records in a JSON sequence. */
const JSON_STARTS: ReadonlySet<number> = new Set([32, 9, 123, 125, 93, 30]);
/** Bytes of a line that are searched for what stands before its message. */
const LONGEST_PREFIX = 1024;
const RECORD_FIELD = /^ [A-Z_]{1,32}=/;
const BOOT = /^-- Boot ([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12}) --$/;

/** Reads a log; `kernelOnly` when every line of the member is the kernel's, also those that do not say so. */
export class LogParser implements LineParser {
  readonly #kernel: LogRow;
  readonly #system: LogRow;
  readonly #prefix: PrefixReader;
  readonly #json: JsonLines;
  readonly #export: JournalExport;
  readonly #kernelOnly: boolean;
  readonly #decoder = new TextDecoder();
  readonly #bytes = new TextDecoder('latin1');
  #lineNo = 0;
  /** The message before, which a line without a time continues. */
  #before: LogLine | null = null;
  #afterRecord = false;
  /** Boot of the lines to come, where journalctl says so. */
  #bootId: string | null = null;

  constructor(context: MemberContext, tables: Tables, kernelOnly: boolean) {
    this.#kernel = new LogRow(context, tables.of('kernel_log'));
    this.#system = new LogRow(context, tables.of('system_log'));
    this.#prefix = new PrefixReader(new WallClock(context.zone, context.captureTsUs));
    this.#kernelOnly = kernelOnly;
    const entry = new JournalEntry();
    const emitEntry = (): boolean => {
      const line = entry.take();
      if (line !== null) this.#write(line);
      return line !== null;
    };
    this.#json = new JsonLines(entry, emitEntry, (line) => this.#write(line));
    this.#export = new JournalExport(entry, emitEntry);
  }

  line(bytes: Uint8Array, start: number, end: number, lineNo: number): LineOutcome {
    this.#lineNo = lineNo;
    const plain = withoutColours(bytes.subarray(start, end));
    const field = this.#export.read(plain);
    if (field !== null) return field;
    if (plain.length === 0) return KNOWN;
    const first = plain[0]!;
    const json = JSON_STARTS.has(first) ? this.#json.read(plain) : null;
    if (json !== null) return json;
    const head = this.#bytes.decode(plain.subarray(0, LONGEST_PREFIX));
    if (first === MINUS && (head === '--' || head.startsWith('-- '))) return this.#note(head);
    if (first === SPACE && this.#afterRecord && RECORD_FIELD.test(head)) return KNOWN;
    const line = emptyLine();
    const prefix = this.#prefix.read(head, line);
    line.message = this.#decoder.decode(plain.subarray(prefix.length));
    return this.#take(line, prefix);
  }

  end(): void {
    this.#export.end();
  }

  /** A remark of journalctl: where the log begins, a boot, an explanation from the catalogue. */
  #note(head: string): LineOutcome {
    const boot = BOOT.exec(head);
    if (boot !== null) this.#bootId = boot.slice(1).join('-');
    return KNOWN;
  }

  #take(line: LogLine, prefix: Prefix): LineOutcome {
    this.#afterRecord = prefix.isRecord;
    if (prefix.hasTime) {
      line.bootId = this.#bootId;
      line.kernel = this.#kernelOnly ? line.program === null || line.program === 'kernel' : isKernels(line);
      this.#before = line;
      this.#write(line);
      return ROW;
    }
    if (this.#before === null && !this.#kernelOnly) return 'no time, and no line before it';
    const before = this.#before ?? { ...line, kernel: true };
    this.#write({
      ...before,
      // journalctl sets the lines of a message below each other.
      message: before.kernel ? line.message : line.message.trimStart(),
      level: line.level < 0 ? before.level : line.level,
      facility: line.facility < 0 ? before.facility : line.facility,
    });
    return ROW;
  }

  #write(line: LogLine): void {
    (line.kernel ? this.#kernel : this.#system).write(line, this.#lineNo);
  }
}

/** In a log of everything: the kernel signs its lines, and only its own begin with the time since boot alone. */
function isKernels(line: LogLine): boolean {
  return line.program === 'kernel' || (line.program === null && line.host === null && Number.isFinite(line.bootS));
}

/** The line without `ESC [ … m`; the line itself when it has none. */
function withoutColours(line: Uint8Array): Uint8Array {
  if (line.indexOf(ESCAPE) < 0) return line;
  const plain = new Uint8Array(line.length);
  let length = 0;
  for (let i = 0; i < line.length; i++) {
    if (line[i] === ESCAPE && line[i + 1] === BRACKET) {
      const stop = line.subarray(i, i + 16).indexOf(LETTER_M);
      if (stop > 0) {
        i += stop;
        continue;
      }
    }
    plain[length++] = line[i]!;
  }
  return plain.subarray(0, length);
}
