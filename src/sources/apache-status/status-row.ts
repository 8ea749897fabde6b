import { setLineText } from '../../base/line-text.ts';
import { NumberColumn, type TableBuilder } from '../../base/table-builder.ts';
import { DAY_US, epochDay, HOUR_US, MINUTE_US, SECOND_US } from '../../base/time.ts';
import type { Zone } from '../../base/zone.ts';
import { Scoreboard } from './scoreboard.ts';

const MOST = 2_147_483_647;
const MOST_LONG = 2 ** 53;

/** Column of each key of `?auto`, and what its number is multiplied with. */
const NUMBERS: Readonly<Record<string, readonly [column: string, factor: number]>> = {
  BusyWorkers: ['busy_workers', 1],
  IdleWorkers: ['idle_workers', 1],
  GracefulWorkers: ['graceful_workers', 1],
  'Total Accesses': ['total_accesses', 1],
  'Total kBytes': ['total_bytes', 1024],
  'Total Duration': ['total_duration_ms', 1],
  Uptime: ['uptime_s', 1],
  ServerUptimeSeconds: ['uptime_s', 1],
  ConnsTotal: ['conns_total', 1],
  ConnsAsyncWriting: ['conns_async_writing', 1],
  ConnsAsyncKeepAlive: ['conns_async_keepalive', 1],
  ConnsAsyncClosing: ['conns_async_closing', 1],
  ConnsAsyncWaitIO: ['conns_async_wait_io', 1],
  Processes: ['processes', 1],
  Stopping: ['stopping', 1],
};
const TEXTS: Readonly<Record<string, string>> = { ServerVersion: 'server_version', ServerMPM: 'mpm' };
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const TIME = /^[A-Z][a-z]+, (\d\d)-([A-Z][a-z]{2})-(\d{4}) (\d\d):(\d\d):(\d\d)(?: (\S+))?$/;

/** One row of `apache_status`, filled by the keys of `?auto`. */
export class StatusRow {
  readonly #table: TableBuilder;
  readonly #zone: Zone;
  readonly #types: ReadonlyMap<string, string>;
  #scoreboard = new Scoreboard();
  #any = false;

  constructor(table: TableBuilder, zone: Zone) {
    this.#table = table;
    this.#zone = zone;
    this.#types = new Map(table.table.columns.map(({ name, type }) => [name, type]));
  }

  /** Whether anything is set. */
  get begun(): boolean {
    return this.#any;
  }

  /** Whether the key is one of those kept. */
  keeps(key: string): boolean {
    return Object.hasOwn(NUMBERS, key) || Object.hasOwn(TEXTS, key) || key === 'CurrentTime';
  }

  /** Sets what the key says; false when its value cannot be read. */
  put(key: string, value: string): boolean {
    const set = Object.hasOwn(TEXTS, key)
      ? this.#text(TEXTS[key]!, value)
      : key === 'CurrentTime'
        ? this.#time(value)
        : this.#number(NUMBERS[key]!, value);
    this.#any ||= set;
    return set;
  }

  /** Adds a line of the scoreboard; false when it is none. */
  addScoreboard(bytes: Uint8Array, start: number, end: number): boolean {
    const added = this.#scoreboard.add(bytes, start, end);
    this.#any ||= added;
    return added;
  }

  /** Closes the row, when there is anything in it, and begins the next. */
  close(): void {
    if (!this.#any) return;
    this.#scoreboard.write(this.#table);
    this.#table.next();
    this.#scoreboard = new Scoreboard();
    this.#any = false;
  }

  #text(column: string, value: string): boolean {
    setLineText(this.#table.text(column), value);
    return true;
  }

  #number([name, factor]: readonly [string, number], value: string): boolean {
    const number = /^\d{1,16}(?:\.\d{1,9})?$/.test(value) ? Math.round(Number(value) * factor) : -1;
    const column = this.#types.get(name) === 'INTEGER' ? this.#table.number(name) : this.#table.int64(name);
    if (number < 0 || number > (column instanceof NumberColumn ? MOST : MOST_LONG)) return false;
    column.set(number);
    return true;
  }

  /** Apache prints its local time; the zone's short name is only of use where it says that it is none. */
  #time(value: string): boolean {
    const [, day, month, year, hour, minute, second, zone] = TIME.exec(value) ?? [];
    const days = epochDay(Number(year), MONTHS.indexOf(month ?? '') + 1, Number(day));
    if (Number.isNaN(days)) return false;
    const local = days * DAY_US + Number(hour) * HOUR_US + Number(minute) * MINUTE_US + Number(second) * SECOND_US;
    this.#table.int64('answered').set(zone === 'UTC' || zone === 'GMT' ? local : this.#zone.toUtcUs(local));
    return true;
  }
}
