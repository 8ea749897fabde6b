import { ascii, decimal32, equals, indexOfByte, indexOfBytes, lastIndexOfByte, startsWith } from '../../base/bytes.ts';
import type { ErrorRow } from './row.ts';

const SPACE = 32;
const COLON = 58;
const COMMA = 44;
const DASH = 45;
const SLASH = 47;
const PARENTHESIS = 40;
const CLOSING_PARENTHESIS = 41;
const CODE = ascii('AH');
const COLON_SPACE = ascii(': ');
const REFERER = ascii(', referer: ');
/** What messages of mod_proxy begin with in 2.2, which names no module. */
const PROXY = ascii('proxy');
const AP_PROXY = ascii('ap_proxy');
const LEVELS: readonly Uint8Array[] = ['error', 'notice', 'warn', 'info', 'debug', 'crit', 'alert', 'emerg']
  .concat(['trace1', 'trace2', 'trace3', 'trace4', 'trace5', 'trace6', 'trace7', 'trace8'])
  .map(ascii);
/** What stands before the address of a backend in messages of mod_proxy and its kin. */
const BEFORE_BACKEND: readonly Uint8Array[] = [
  'connect to Unix domain socket ',
  'attempt to connect to ',
  'connection to backend: ',
  'status line from remote server ',
  'dialog to ',
  'worker for (',
  'body failed to ',
  'body failed from ',
].map(ascii);
/** Longest `file.c(123): ` that is looked for. */
const MAX_LOCATION = 80;

/** Takes `error`, or `proxy:error`, that fills `bytes[start, end)`; false when it is no level. */
export function readLevel(row: ErrorRow, bytes: Uint8Array, start: number, end: number): boolean {
  const colon = indexOfByte(bytes, COLON, start, end);
  const level = LEVELS.find((name) => equals(bytes, colon < 0 ? start : colon + 1, end, name));
  if (level === undefined) return false;
  row.level.setBytes(level, 0, level.length);
  if (colon > start) readModule(row, bytes, start, colon);
  return true;
}

/** Takes the name of a module; `-` is none. */
export function readModule(row: ErrorRow, bytes: Uint8Array, start: number, end: number): void {
  if (end - start === 1 && bytes[start] === DASH) return;
  row.module.setBytes(bytes, start, end);
  row.isProxy = startsWith(bytes, start, end, PROXY);
}

/** Takes `mod_proxy.c(123): ` at `at` and returns where the rest begins. */
export function readLocation(row: ErrorRow, bytes: Uint8Array, at: number, end: number): number {
  const stop = indexOfBytes(bytes, COLON_SPACE, at, Math.min(end, at + MAX_LOCATION));
  if (stop < 0 || bytes[stop - 1] !== CLOSING_PARENTHESIS) return at;
  const open = indexOfByte(bytes, PARENTHESIS, at, stop);
  if (open <= at || decimal32(bytes, open + 1, stop - 1) < 0 || bytes[open - 2] !== 46) return at;
  row.location.setBytes(bytes, at, stop);
  return stop + COLON_SPACE.length;
}

/** Takes `(111)Connection refused: ` at `at` and returns where the rest begins. */
export function readErrno(row: ErrorRow, bytes: Uint8Array, at: number, end: number): number {
  if (bytes[at] !== PARENTHESIS) return at;
  const close = indexOfByte(bytes, CLOSING_PARENTHESIS, at, Math.min(end, at + 12));
  const errno = close < 0 ? -1 : decimal32(bytes, at + 1, close);
  const stop = errno < 0 ? -1 : indexOfBytes(bytes, COLON_SPACE, close, end);
  if (stop < 0) return at;
  row.errno.set(errno);
  row.errnoText.setBytes(bytes, close + 1, stop);
  return stop + COLON_SPACE.length;
}

/** Takes `AH00957: ` and the rest, which may end in the referer. */
export function readMessage(row: ErrorRow, bytes: Uint8Array, start: number, end: number): void {
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
  const messageEnd = referer < 0 ? end : referer;
  row.message.setBytes(bytes, at, messageEnd);
  const isProxy =
    row.isProxy || startsWith(bytes, at, messageEnd, PROXY) || startsWith(bytes, at, messageEnd, AP_PROXY);
  if (isProxy) readBackend(row, bytes, at, messageEnd);
}

/** Finds `10.0.0.7:8080` in `attempt to connect to 10.0.0.7:8080 (app.example) failed` and the like. */
function readBackend(row: ErrorRow, bytes: Uint8Array, start: number, end: number): void {
  for (const before of BEFORE_BACKEND) {
    const found = indexOfBytes(bytes, before, start, end);
    if (found < 0) continue;
    const at = found + before.length;
    let to = at;
    while (to < end && bytes[to] !== SPACE && bytes[to] !== CLOSING_PARENTHESIS && bytes[to] !== COMMA) to++;
    if (to === at) return;
    const withPort = bytes[at] !== SLASH && lastIndexOfByte(bytes, COLON, at, to) > at;
    row.setEndpoint({ address: row.backend, port: row.backendPort }, bytes, at, to, withPort);
    return;
  }
}

/** `at`, or the byte behind when a space stands there. */
export function skipSpace(bytes: Uint8Array, at: number, end: number): number {
  return at < end && bytes[at] === SPACE ? at + 1 : at;
}
