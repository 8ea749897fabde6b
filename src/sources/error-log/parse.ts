/**
 * Apache error logs; the time is local and has no zone. Seen: 2.4 (event, worker and prefork); 2.2 from its sources.
 *
 *     [Sun Nov 22 20:36:14.905889 2026] [proxy:error] [pid 22353:tid 22358] (111)Connection refused: AH00957: http: …
 *     [Sun Nov 22 20:36:14.913517 2026] [proxy:error] [pid 22353:tid 22357] [client 10.80.0.1:39852] AH00898: Error …
 *     [Sun Nov 22 20:40:14.984484 2026] [core:notice] [pid 22363:tid 22363] AH00052: child pid 22366 exit signal …
 *     [Sun Nov 22 20:36:14 2026] [error] [client 10.80.0.1] File does not exist: /var/www/favicon.ico
 *     Nov 22 20:36:14 www1 httpd[2101]: [error] [client 10.80.0.1] File does not exist: /var/www/favicon.ico
 *     PHP Warning:  mysqli_connect(): (HY000/2002): Connection refused in /srv/www/index.php on line 3
 *
 * https://httpd.apache.org/docs/2.4/mod/core.html#errorlogformat
 */
import { ascii, indexOfByte, startsWith } from '../../base/bytes.ts';
import { KNOWN, type LineOutcome, type LineParser, type MemberContext, ROW, type Tables } from '../source.ts';
import { compileErrorFormat, type ErrorFormat } from './error-format.ts';
import { LocalTime } from './local-time.ts';
import { readErrno, readLevel, readLocation, readMessage, skipSpace } from './pieces.ts';
import { ErrorRow } from './row.ts';
import { syslogTextAt } from './syslog.ts';

const OPEN = 91;
const CLOSE = 93;
const SPACE = 32;
const PID = ascii('pid ');
const CLIENT = ascii('client ');
const REMOTE = ascii('remote ');
const VHOST = ascii('vhost ');

/** Reads an Apache error log; every line that is not blank becomes a row. */
export function parseErrorLog(context: MemberContext, tables: Tables): LineParser {
  const row = new ErrorRow(tables.of('error_log'), context);
  const time = new LocalTime(context.zone, context.captureTsUs);
  const formats = (context.errorLogFormat ?? '').split('\n').filter((text) => text !== '');
  return new ErrorLogParser(
    row,
    time,
    formats.map((text) => compileErrorFormat(text, row, time)),
  );
}

class ErrorLogParser implements LineParser {
  readonly #row: ErrorRow;
  readonly #time: LocalTime;
  readonly #formats: readonly ErrorFormat[];

  constructor(row: ErrorRow, time: LocalTime, formats: readonly ErrorFormat[]) {
    this.#row = row;
    this.#time = time;
    this.#formats = formats;
  }

  line(bytes: Uint8Array, start: number, end: number, lineNo: number, offset: number): LineOutcome {
    if (start === end) return KNOWN;
    if (!this.#readFormats(bytes, start, end) && !this.#readDefault(bytes, start, end)) {
      this.#row.message.setBytes(bytes, start, end);
    }
    this.#row.finish(bytes, start, end, lineNo, offset);
    return ROW;
  }

  #readFormats(bytes: Uint8Array, start: number, end: number): boolean {
    for (const format of this.#formats) {
      this.#row.begin();
      if (format(bytes, start, end)) return true;
      this.#row.builder.abandon();
    }
    this.#row.begin();
    return false;
  }

  /** Reads a line as Apache writes it unless told otherwise, into a file or through syslog. */
  #readDefault(bytes: Uint8Array, start: number, end: number): boolean {
    const row = this.#row;
    if (bytes[start] !== OPEN) {
      const text = syslogTextAt(bytes, start, end);
      if (text < 0) return false;
      const ts =
        bytes[start + 3] === SPACE
          ? this.#time.readSyslog(bytes, start)
          : this.#time.read(bytes, start, indexOfByte(bytes, SPACE, start, end));
      if (Number.isNaN(ts)) return false;
      row.setTime(ts);
      this.#readRest(bytes, text, end);
      return true;
    }
    const close = indexOfByte(bytes, CLOSE, start, Math.min(end, start + 60));
    const ts = close < 0 ? Number.NaN : this.#time.read(bytes, start + 1, close);
    if (Number.isNaN(ts)) return false;
    row.setTime(ts);
    this.#readRest(bytes, skipSpace(bytes, close + 1, end), end);
    return true;
  }

  /** Reads what follows the time: level, process, source location, errno, client, in the order Apache prints them. */
  #readRest(bytes: Uint8Array, start: number, end: number): void {
    const row = this.#row;
    const close = bytes[start] === OPEN ? indexOfByte(bytes, CLOSE, start, Math.min(end, start + 60)) : -1;
    if (close < 0 || !readLevel(row, bytes, start + 1, close)) {
      row.message.setBytes(bytes, start, end);
      return;
    }
    // 2.2 names no module, and clients have no ports
    const hasPorts = indexOfByte(bytes, 58, start, close) >= 0;
    let at = this.#readGroups(bytes, skipSpace(bytes, close + 1, end), end, hasPorts);
    at = readErrno(row, bytes, readLocation(row, bytes, at, end), end);
    readMessage(row, bytes, this.#readGroups(bytes, at, end, hasPorts), end);
  }

  /** Reads as many of `[pid …] [client …] [remote …] [vhost …]` as stand at `start`. */
  #readGroups(bytes: Uint8Array, start: number, end: number, hasPorts: boolean): number {
    const row = this.#row;
    let at = start;
    while (at < end && bytes[at] === OPEN) {
      const close = indexOfByte(bytes, CLOSE, at, end);
      if (close < 0) break;
      if (startsWith(bytes, at + 1, close, PID)) {
        if (!row.setProcess(bytes, at + 1 + PID.length, close)) break;
      } else if (startsWith(bytes, at + 1, close, CLIENT)) {
        const columns = { address: row.client, port: row.clientPort };
        row.setEndpoint(columns, bytes, at + 1 + CLIENT.length, close, hasPorts);
      } else if (startsWith(bytes, at + 1, close, REMOTE)) {
        const columns = { address: row.remote, port: row.remotePort };
        row.setEndpoint(columns, bytes, at + 1 + REMOTE.length, close, hasPorts);
      } else if (startsWith(bytes, at + 1, close, VHOST)) {
        row.vhost.setBytes(bytes, at + 1 + VHOST.length, close);
      } else {
        break;
      }
      at = skipSpace(bytes, close + 1, end);
    }
    return at;
  }
}
