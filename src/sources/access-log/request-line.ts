import { setEscaped } from '../../base/unescape.ts';
import type { RequestRow } from './row.ts';
import type { Take } from './step.ts';

const SPACE = 32;
const QUESTION = 63;
const LONGEST_METHOD = 24;

/**
 * Reads `%r`. `METHOD SP target SP HTTP/version` fills method, path, query and protocol; anything else is also kept
 * as it was logged: `-` (no request was read), `\x16\x03\x01` (TLS on a plain port), `GET /h09` (no protocol).
 */
export function requestLine(row: RequestRow): Take {
  const method = row.text('method');
  const protocol = row.text('protocol');
  const request = row.text('request');
  const takeTarget = target(row);
  return (bytes, start, end) => {
    const methodEnd = readMethod(bytes, start, end);
    if (methodEnd < 0) {
      request.setBytes(bytes, start, end);
      return true;
    }
    method.setBytes(bytes, start, methodEnd);
    let targetEnd = end - 1;
    while (targetEnd > methodEnd && bytes[targetEnd] !== SPACE) targetEnd--;
    if (targetEnd > methodEnd + 1 && isProtocol(bytes, targetEnd + 1, end)) {
      protocol.setBytes(bytes, targetEnd + 1, end);
      return takeTarget(bytes, methodEnd + 1, targetEnd);
    }
    request.setBytes(bytes, start, end);
    return takeTarget(bytes, methodEnd + 1, end);
  };
}

/** Reads a request target into path and query. */
export function target(row: RequestRow): Take {
  const path = row.text('path');
  const query = row.text('query');
  return (bytes, start, end) => {
    let mark = start;
    while (mark < end && bytes[mark] !== QUESTION) mark++;
    setEscaped(path, bytes, start, mark);
    if (mark < end) setEscaped(query, bytes, mark + 1, end);
    return true;
  };
}

/** End of the method, which a space and a target follow; -1 when the line does not begin so. */
function readMethod(bytes: Uint8Array, start: number, end: number): number {
  const limit = Math.min(end, start + LONGEST_METHOD);
  let at = start;
  while (at < limit && isLetter(bytes[at]!)) at++;
  return at > start && at + 1 < end && bytes[at] === SPACE ? at : -1;
}

function isLetter(byte: number): boolean {
  const lower = byte | 32;
  return (lower >= 97 && lower <= 122) || byte === 45 || byte === 95;
}

/** Whether it begins with `HTTP/` and a digit. */
function isProtocol(bytes: Uint8Array, start: number, end: number): boolean {
  return (
    end - start >= 6 &&
    bytes[start] === 72 &&
    bytes[start + 1] === 84 &&
    bytes[start + 2] === 84 &&
    bytes[start + 3] === 80 &&
    bytes[start + 4] === 47 &&
    bytes[start + 5]! >= 48 &&
    bytes[start + 5]! <= 57
  );
}
