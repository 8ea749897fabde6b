/*
 * `server-status?auto` (seen: Apache 2.4.71, event and prefork): key: value lines, of which the first may be the host.
 *
 * ServerMPM: event
 * Total kBytes: 10
 * BusyWorkers: 1
 * Scoreboard: _W__
 *
 * https://httpd.apache.org/docs/2.4/mod/mod_status.html#machinereadable
 */
import { decimal, indexOfByte, skipBlanks, trimmedEnd } from '../../base/bytes.ts';
import { type Int64Column, NumberColumn, type TableBuilder, type TextColumn } from '../../base/table-builder.ts';
import { KNOWN, type LineOutcome, type LineParser, ROW } from '../source.ts';
import { Scoreboard } from './scoreboard.ts';

const COLON = 58;
const LONGEST_KEY = 40;
const MOST = 2_147_483_647;

/** Column of each key, and what its number is multiplied with. Keys that are not here are known and not kept. */
const NUMBERS: ReadonlyMap<string, readonly [column: string, factor: number]> = new Map([
  ['BusyWorkers', ['busy_workers', 1]],
  ['IdleWorkers', ['idle_workers', 1]],
  ['GracefulWorkers', ['graceful_workers', 1]],
  ['Total Accesses', ['total_accesses', 1]],
  ['Total kBytes', ['total_bytes', 1024]],
  ['Total Duration', ['total_duration_ms', 1]],
  ['Uptime', ['uptime_s', 1]],
  ['ServerUptimeSeconds', ['uptime_s', 1]],
  ['ConnsTotal', ['conns_total', 1]],
  ['ConnsAsyncWriting', ['conns_async_writing', 1]],
  ['ConnsAsyncKeepAlive', ['conns_async_keepalive', 1]],
  ['ConnsAsyncClosing', ['conns_async_closing', 1]],
  ['ConnsAsyncWaitIO', ['conns_async_wait_io', 1]],
  ['Processes', ['processes', 1]],
  ['Stopping', ['stopping', 1]],
]);
const TEXTS: ReadonlyMap<string, string> = new Map([
  ['ServerVersion', 'server_version'],
  ['ServerMPM', 'mpm'],
]);

/** Reads one answer into one row of `apache_status`. */
export class ApacheStatusParser implements LineParser {
  readonly #table: TableBuilder;
  readonly #numbers: ReadonlyMap<string, { column: NumberColumn | Int64Column; factor: number }>;
  readonly #texts: ReadonlyMap<string, TextColumn>;
  readonly #scoreboard: Scoreboard;
  #any = false;
  #inScoreboard = false;

  constructor(table: TableBuilder) {
    this.#table = table;
    const types = new Map(table.table.columns.map(({ name, type }) => [name, type]));
    this.#numbers = new Map(
      [...NUMBERS].map(([key, [name, factor]]) => [
        key,
        { column: types.get(name) === 'INTEGER' ? table.number(name) : table.int64(name), factor },
      ]),
    );
    this.#texts = new Map([...TEXTS].map(([key, name]) => [key, table.text(name)]));
    this.#scoreboard = new Scoreboard();
  }

  line(bytes: Uint8Array, start: number, end: number, lineNo: number): LineOutcome {
    const from = skipBlanks(bytes, start, end);
    const to = trimmedEnd(bytes, from, end);
    if (from === to) return KNOWN;
    const colon = indexOfByte(bytes, COLON, from, Math.min(to, from + LONGEST_KEY));
    if (colon < 0) {
      if (this.#inScoreboard && this.#scoreboard.add(bytes, from, to)) return KNOWN;
      return lineNo === 1 && isHost(bytes, from, to) ? KNOWN : 'not Key: value';
    }
    const key = String.fromCharCode(...bytes.subarray(from, colon));
    return this.#pair(key, bytes, skipBlanks(bytes, colon + 1, to), to);
  }

  /** Closes the row, when there is anything in it. */
  end(): void {
    if (!this.#any) return;
    this.#scoreboard.write(this.#table);
    this.#table.next();
  }

  #pair(key: string, bytes: Uint8Array, start: number, end: number): LineOutcome {
    this.#inScoreboard = key === 'Scoreboard';
    if (this.#inScoreboard) return this.#scoreboard.add(bytes, start, end) ? this.#first() : 'not a scoreboard';
    const text = this.#texts.get(key);
    if (text !== undefined) {
      text.setBytes(bytes, start, end);
      return this.#first();
    }
    const number = this.#numbers.get(key);
    if (number === undefined) return KNOWN;
    const value = decimal(bytes, start, end) * number.factor;
    if (value < 0 || (number.column instanceof NumberColumn && value > MOST)) return `cannot read ${key}`;
    number.column.set(value);
    return this.#first();
  }

  /** The first line that fills a column stands for the row. */
  #first(): LineOutcome {
    if (this.#any) return KNOWN;
    this.#any = true;
    return ROW;
  }
}

/** The address that newer versions print first; an IPv6 one has colons and passes as an unknown key. */
function isHost(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    if (!(byte === 45 || byte === 46 || (byte >= 48 && byte <= 57) || ((byte | 32) >= 97 && (byte | 32) <= 122)))
      return false;
  }
  return true;
}
