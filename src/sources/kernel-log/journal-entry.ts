import { SECOND_US } from '../../base/time.ts';
import { emptyLine, type LogLine } from './log-line.ts';

const KEPT: ReadonlySet<string> = new Set([
  'MESSAGE',
  'PRIORITY',
  'SYSLOG_FACILITY',
  'SYSLOG_IDENTIFIER',
  'SYSLOG_PID',
  '_PID',
  '_COMM',
  '_TRANSPORT',
  '_HOSTNAME',
  '_BOOT_ID',
  '__CURSOR',
  '__REALTIME_TIMESTAMP',
  '__MONOTONIC_TIMESTAMP',
  '_SOURCE_REALTIME_TIMESTAMP',
  '_SOURCE_MONOTONIC_TIMESTAMP',
]);

/** An entry of the journal, as `-o export`, `json`, `json-pretty` and `verbose` print it field by field. */
export class JournalEntry {
  readonly #fields = new Map<string, string>();

  get isEmpty(): boolean {
    return this.#fields.size === 0;
  }

  set(key: string, value: string): void {
    if (KEPT.has(key)) this.#fields.set(key, value);
  }

  /** The message, and begins the next entry; null where there is none. */
  take(): LogLine | null {
    const message = this.#fields.get('MESSAGE');
    const line = message === undefined ? null : this.#line(message);
    this.#fields.clear();
    return line;
  }

  #line(message: string): LogLine {
    const line = emptyLine();
    const identifier = this.#fields.get('SYSLOG_IDENTIFIER') ?? this.#fields.get('_COMM') ?? null;
    line.message = message;
    line.kernel = this.#fields.get('_TRANSPORT') === 'kernel' || identifier === 'kernel';
    line.program = identifier;
    line.host = this.#fields.get('_HOSTNAME') ?? null;
    line.clock = 'journal';
    const pid = this.#number('SYSLOG_PID') ?? this.#number('_PID');
    if (pid !== null) line.pid = pid;
    const level = this.#number('PRIORITY');
    if (level !== null && level < 8) line.level = level;
    const facility = this.#number('SYSLOG_FACILITY');
    if (facility !== null && facility < 24) line.facility = facility;
    const boot = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/.exec(
      this.#fields.get('_BOOT_ID') ?? '',
    );
    if (boot !== null) line.bootId = boot.slice(1).join('-');
    this.#times(line);
    return line;
  }

  /** The journal takes a message some time after the kernel stamped it, at boot many seconds: the stamp tells how long. */
  #times(line: LogLine): void {
    const cursor = /;t=([0-9a-f]{1,13})(?:;|$)/.exec(this.#fields.get('__CURSOR') ?? '')?.[1];
    const taken = this.#number('__REALTIME_TIMESTAMP') ?? (cursor === undefined ? null : Number.parseInt(cursor, 16));
    const takenSinceBoot = this.#number('__MONOTONIC_TIMESTAMP');
    const sinceBoot = this.#number('_SOURCE_MONOTONIC_TIMESTAMP') ?? takenSinceBoot;
    if (sinceBoot !== null) line.bootS = sinceBoot / SECOND_US;
    if (taken === null) return;
    line.wallUs = this.#number('_SOURCE_REALTIME_TIMESTAMP') ?? taken;
    if (line.kernel && sinceBoot !== null && takenSinceBoot !== null)
      line.wallUs = taken - (takenSinceBoot - sinceBoot);
  }

  #number(key: string): number | null {
    const value = this.#fields.get(key);
    return value !== undefined && /^\d{1,16}$/.test(value) ? Number(value) : null;
  }
}
