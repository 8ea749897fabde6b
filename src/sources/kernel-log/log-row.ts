import type { TableBuilder, TextColumn } from '../../base/table-builder.ts';
import { DAY_US, HOUR_US, MAX_EPOCH_US, MINUTE_US, SECOND_US } from '../../base/time.ts';
import type { MemberContext } from '../source.ts';
import { eventOf } from './event-of.ts';
import { FACILITIES, LEVELS, type LogLine } from './log-line.ts';

/** Equal messages of one moment that are told apart; further ones count as the same. */
const MOST_EQUAL = 10_000;

/** When a message was logged, as far as the line and the sample tell. */
interface Moment {
  readonly ts: number;
  readonly bootS: number;
  readonly bootId: string | null;
  readonly from: string | null;
  readonly stepUs: number;
  readonly driftUs: number;
  /** What tells the moment again in another sight of it. */
  readonly key: string | null;
}

/** Writes messages into `kernel_log` or `system_log`: the columns that the table has. */
export class LogRow {
  readonly #context: MemberContext;
  readonly #table: TableBuilder;
  readonly #texts: ReadonlyMap<string, TextColumn>;
  readonly #columns: ReadonlySet<string>;
  #moment = '';
  readonly #equals = new Map<string, number>();

  constructor(context: MemberContext, table: TableBuilder) {
    this.#context = context;
    this.#table = table;
    const { columns } = table.table;
    this.#columns = new Set(columns.map((column) => column.name));
    this.#texts = new Map(columns.filter(({ type }) => type === 'VARCHAR').map(({ name }) => [name, table.text(name)]));
  }

  write(line: LogLine, lineNo: number): void {
    const moment = momentOf(line, this.#context);
    if (Number.isFinite(moment.ts)) {
      this.#table.int64('ts').set(moment.ts);
      this.#text('ts_from', moment.from);
      if (moment.from !== 'boot') this.#number('ts_step_ms', moment.stepUs / 1000);
    }
    if (Number.isFinite(moment.bootS)) this.#number('boot_s', moment.bootS);
    if (Number.isFinite(moment.driftUs) && this.#columns.has('drift_ms')) {
      this.#table.int64('drift_ms').set(Math.round(moment.driftUs / 1000));
    }
    this.#text('boot_id', moment.bootId);
    this.#text('moment', this.#numbered(moment.key, line.message));
    this.#text('log_host', line.host);
    this.#text('program', line.program);
    if (line.pid >= 0 && line.pid < 2 ** 31) this.#number('pid', line.pid);
    this.#text('level', LEVELS[line.level]);
    this.#text('facility', FACILITIES[line.facility]);
    this.#text('message', line.message);
    this.#event(line.message);
    this.#text('member', this.#context.member);
    this.#table.int64('line_no').set(lineNo);
    this.#table.next();
  }

  #event(message: string): void {
    const event = eventOf(message);
    if (event === null) return;
    this.#text('event', event.id);
    this.#text('event_interface', event.interface);
    this.#text('event_detail', event.detail);
    this.#text('event_params', event.params);
    if (event.port !== null) this.#table.number('event_port').set(event.port);
    if (event.count !== null) this.#table.int64('event_count').set(event.count);
  }

  /** The key, and for the second and later of equal messages which one it is. */
  #numbered(key: string | null, message: string): string | null {
    if (key === null) return null;
    if (key !== this.#moment) {
      this.#moment = key;
      this.#equals.clear();
    }
    const before = this.#equals.get(message) ?? 0;
    if (before > 0 || this.#equals.size < MOST_EQUAL) this.#equals.set(message, before + 1);
    return before === 0 ? key : `${key} #${before + 1}`;
  }

  #number(column: string, value: number): void {
    if (this.#columns.has(column)) this.#table.number(column).set(value);
  }

  #text(column: string, value: string | null | undefined): void {
    if (value !== null && value !== undefined) this.#texts.get(column)?.setText(value);
  }
}

function momentOf(line: LogLine, context: MemberContext): Moment {
  const bootUs = context.uptimeS === null ? Number.NaN : context.captureTsUs - context.uptimeS * SECOND_US;
  const isPresent = isOfPresentBoot(line, context, bootUs);
  const bootId = line.bootId ?? (isPresent ? context.bootId : null);
  const printed = line.wallUs >= 0 && line.wallUs <= MAX_EPOCH_US;
  const computed = isPresent ? Math.round(bootUs + line.bootS * SECOND_US) : Number.NaN;
  const ts = printed ? line.wallUs : computed;
  const told = Number.isFinite(line.bootS) || !isPresent || line.stepUs > SECOND_US;
  const bootS = told ? line.bootS : Math.max(0, Math.round((line.wallUs - bootUs) / SECOND_US));
  return {
    ts,
    bootS,
    bootId,
    from: printed ? line.clock : 'boot',
    stepUs: line.stepUs,
    driftUs: printed && line.clock !== 'dmesg' ? line.wallUs - computed : Number.NaN,
    key: keyOf(line, bootId, bootS, printed),
  };
}

/**
 * dmesg knows the present boot only. A time of day in a log before it is of an earlier one; a time since boot far from
 * it is of another host whose lines the log collects.
 */
function isOfPresentBoot(line: LogLine, context: MemberContext, bootUs: number): boolean {
  if (line.bootId !== null) return line.bootId === context.bootId;
  if (Number.isNaN(line.wallUs) || line.clock === 'dmesg') return !(line.bootS > (context.uptimeS ?? Infinity) + 60);
  if (Math.abs(line.wallUs - bootUs - line.bootS * SECOND_US) > HOUR_US) return false;
  return line.wallUs >= bootUs - MINUTE_US && line.wallUs <= context.captureTsUs + DAY_US;
}

/**
 * Sights of a message are the same where the kernel's own stamp is, whatever the dialect; else where the printed time is.
 * dmesg works out times of day anew each time it runs, good to some milliseconds: those it prints finer than seconds are
 * compared as whole seconds since boot. Few messages are so near to the turn of a second that they are taken for two.
 */
function keyOf(line: LogLine, bootId: string | null, bootS: number, printed: boolean): string | null {
  if ((line.kernel || !printed) && bootId !== null && Number.isFinite(line.bootS))
    return `${bootId} ${line.bootS.toFixed(6)}`;
  const isFine = line.clock === 'dmesg' && line.stepUs < SECOND_US;
  if (isFine && bootId !== null && Number.isFinite(bootS)) return `${bootId} ~${bootS}`;
  return printed ? `@${line.wallUs}` : null;
}
