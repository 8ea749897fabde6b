/**
 * Apache error logs; the time is local and has no zone. Seen: 2.4 (event and prefork); 2.2 from its documentation.
 *
 *     [Sun Nov 22 20:36:14.905889 2026] [proxy:error] [pid 22353:tid 22358] (111)Connection refused: AH00957: http: …
 *     [Sun Nov 22 20:36:14.913517 2026] [proxy:error] [pid 22353:tid 22357] [client 10.80.0.1:39852] AH00898: Error …
 *     [Sun Nov 22 20:40:14.984484 2026] [core:notice] [pid 22363:tid 22363] AH00052: child pid 22366 exit signal …
 *     [Sun Nov 22 20:36:14 2026] [error] [client 10.80.0.1] File does not exist: /var/www/favicon.ico
 *
 * https://httpd.apache.org/docs/2.4/mod/core.html#errorlogformat
 */
import { ascii, decimal32, equals, indexOfByte, indexOfBytes, startsWith } from '../../base/bytes.ts';
import { KNOWN, type LineOutcome, type LineParser, type MemberContext, ROW, type Tables } from '../source.ts';
import { LocalTime } from './local-time.ts';
import { ErrorRow } from './row.ts';

const OPEN = 91;
const CLOSE = 93;
const SPACE = 32;
const COLON = 58;
const PARENTHESIS = 40;
const CLOSING_PARENTHESIS = 41;
const PID = ascii('pid ');
const CLIENT = ascii('client ');
const REMOTE = ascii('remote ');
const CODE = ascii('AH');
const COLON_SPACE = ascii(': ');
const REFERER = ascii(', referer: ');
const LEVELS: readonly Uint8Array[] = ['error', 'notice', 'warn', 'info', 'debug', 'crit', 'alert', 'emerg']
  .concat(['trace1', 'trace2', 'trace3', 'trace4', 'trace5', 'trace6', 'trace7', 'trace8'])
  .map(ascii);
/** Longest `file.c(123): ` that is looked for. */
const MAX_LOCATION = 80;

/** Reads an Apache error log; every line that is not blank becomes a row. */
export function parseErrorLog(context: MemberContext, tables: Tables): LineParser {
  return new ErrorLogParser(new ErrorRow(tables.of('error_log'), context.member), new LocalTime(context.zone));
}

class ErrorLogParser implements LineParser {
  readonly #row: ErrorRow;
  readonly #time: LocalTime;
  /** Whether the line names a module: 2.4, where clients have ports. */
  #hasModule = false;

  constructor(row: ErrorRow, time: LocalTime) {
    this.#row = row;
    this.#time = time;
  }

  line(bytes: Uint8Array, start: number, end: number, lineNo: number): LineOutcome {
    if (start === end) return KNOWN;
    const time = bytes[start] === OPEN ? indexOfByte(bytes, CLOSE, start, Math.min(end, start + 40)) : -1;
    const ts = time < 0 ? Number.NaN : this.#time.read(bytes, start + 1, time);
    const level = Number.isNaN(ts) ? -1 : this.#readLevel(bytes, time + 1, end);
    if (level < 0) {
      this.#row.message.setBytes(bytes, start, end);
    } else {
      this.#row.ts.set(ts);
      this.#readMessage(bytes, this.#readPrefixes(bytes, level, end), end);
    }
    this.#row.finish(lineNo);
    return ROW;
  }

  /** Reads ` [proxy:error] ` or ` [error] ` and returns where the rest begins; -1 when there is none. */
  #readLevel(bytes: Uint8Array, at: number, end: number): number {
    if (bytes[at] !== SPACE || bytes[at + 1] !== OPEN) return -1;
    const close = indexOfByte(bytes, CLOSE, at + 2, end);
    if (close < 0) return -1;
    const colon = indexOfByte(bytes, COLON, at + 2, close);
    const level = LEVELS.find((name) => equals(bytes, colon < 0 ? at + 2 : colon + 1, close, name));
    if (level === undefined) return -1;
    this.#row.level.setBytes(level, 0, level.length);
    this.#hasModule = colon >= 0;
    if (colon > at + 2 && !(colon === at + 3 && bytes[at + 2] === 45)) this.#row.module.setBytes(bytes, at + 2, colon);
    return skipSpace(bytes, close + 1, end);
  }

  /** Reads process, source location, errno and client, in the order Apache prints them. */
  #readPrefixes(bytes: Uint8Array, start: number, end: number): number {
    let at = this.#readGroup(bytes, start, end);
    const located = this.#readLocation(bytes, at, end);
    at = this.#readErrno(bytes, located, end);
    return this.#readGroup(bytes, at, end);
  }

  /** Reads as many of `[pid …] [client …] [remote …]` as stand at `at`. */
  #readGroup(bytes: Uint8Array, start: number, end: number): number {
    const row = this.#row;
    let at = start;
    while (at < end && bytes[at] === OPEN) {
      const close = indexOfByte(bytes, CLOSE, at, end);
      if (close < 0) break;
      if (startsWith(bytes, at + 1, close, PID)) {
        if (!row.setProcess(bytes, at + 1 + PID.length, close)) break;
      } else if (startsWith(bytes, at + 1, close, CLIENT)) {
        const columns = { address: row.client, port: row.clientPort };
        row.setEndpoint(columns, bytes, at + 1 + CLIENT.length, close, this.#hasModule);
      } else if (startsWith(bytes, at + 1, close, REMOTE)) {
        const columns = { address: row.remote, port: row.remotePort };
        row.setEndpoint(columns, bytes, at + 1 + REMOTE.length, close, this.#hasModule);
      } else {
        break;
      }
      at = skipSpace(bytes, close + 1, end);
    }
    return at;
  }

  /** Reads `mod_proxy.c(123): `. */
  #readLocation(bytes: Uint8Array, at: number, end: number): number {
    const stop = indexOfBytes(bytes, COLON_SPACE, at, Math.min(end, at + MAX_LOCATION));
    if (stop < 0 || bytes[stop - 1] !== CLOSING_PARENTHESIS) return at;
    const open = indexOfByte(bytes, PARENTHESIS, at, stop);
    if (open <= at || decimal32(bytes, open + 1, stop - 1) < 0 || bytes[open - 2] !== 46) return at;
    this.#row.location.setBytes(bytes, at, stop);
    return stop + COLON_SPACE.length;
  }

  /** Reads `(111)Connection refused: `. */
  #readErrno(bytes: Uint8Array, at: number, end: number): number {
    if (bytes[at] !== PARENTHESIS) return at;
    const close = indexOfByte(bytes, CLOSING_PARENTHESIS, at, Math.min(end, at + 12));
    const errno = close < 0 ? -1 : decimal32(bytes, at + 1, close);
    const stop = errno < 0 ? -1 : indexOfBytes(bytes, COLON_SPACE, close, end);
    if (stop < 0) return at;
    this.#row.errno.set(errno);
    return stop + COLON_SPACE.length;
  }

  /** Reads `AH00957: ` and the rest. */
  #readMessage(bytes: Uint8Array, start: number, end: number): void {
    const row = this.#row;
    let at = start;
    const codeEnd = at + 'AH00957'.length;
    if (startsWith(bytes, at, end, CODE) && decimal32(bytes, at + 2, codeEnd) >= 0 && bytes[codeEnd] === COLON) {
      if (codeEnd < end) {
        row.code.setBytes(bytes, at, codeEnd);
        at = skipSpace(bytes, codeEnd + 1, end);
      }
    }
    const referer = indexOfBytes(bytes, REFERER, at, end);
    if (referer >= 0) row.referer.setBytes(bytes, referer + REFERER.length, end);
    row.message.setBytes(bytes, at, referer < 0 ? end : referer);
  }
}

function skipSpace(bytes: Uint8Array, at: number, end: number): number {
  return at < end && bytes[at] === SPACE ? at + 1 : at;
}
