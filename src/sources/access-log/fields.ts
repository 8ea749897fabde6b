import { Address } from '../../base/address.ts';
import { decimal, decimal32, hexadecimal } from '../../base/bytes.ts';
import { jsonText } from '../../base/extra-column.ts';
import { setEscaped } from '../../base/unescape.ts';
import type { Directive } from './log-format.ts';
import { requestLine, target } from './request-line.ts';
import type { RequestRow } from './row.ts';
import type { Take } from './step.ts';

const DASH = 45;
const COMMA = 44;
const QUESTION = 63;
/** A request during which the clock was set back is logged with a duration below zero. */
const CLOCK_SET_BACK = jsonText('negative duration');

/** What a directive fills. Of several that fill the same, the one with the lowest rank does; the others are passed over. */
export interface Field {
  readonly fills: string;
  readonly rank: number;
  readonly take: (row: RequestRow) => Take;
}

/** The field a directive is; `extra` where it has no column of its own. Times (`%t`) are read elsewhere. */
export function fieldOf(directive: Directive): Field {
  const { letter, argument } = directive;
  const named = FIELDS[argument === null ? letter : `{${argument.toLowerCase()}}${letter}`];
  if (named === undefined) return extraField(directive);
  return letter === 's' && !directive.final ? { ...named, rank: 1 } : named;
}

/** A directive whose value goes to the column `extra`, unless it is `-` or empty. */
export function extraField({ letter, argument, final }: Directive): Field {
  const name = `%${final && letter !== 's' ? '>' : ''}${argument === null ? '' : `{${argument}}`}${letter}`;
  return { fills: `extra ${name}`, rank: 0, take: (row) => extra(row, name) };
}

function extra(row: RequestRow, name: string): Take {
  const key = jsonText(name);
  return (bytes, start, end) => {
    if (end > start && !isDash(bytes, start, end)) row.extra.add(key, bytes, start, end);
    return true;
  };
}

const FIELDS: Readonly<Record<string, Field>> = {
  A: { fills: 'server_addr', rank: 0, take: (row) => address(row, 'server_addr') },
  a: { fills: 'client', rank: 0, take: (row) => address(row, 'client') },
  h: { fills: 'client', rank: 1, take: (row) => address(row, 'client') },
  '{c}h': { fills: 'peer', rank: 1, take: (row) => address(row, 'peer') },
  '{c}a': { fills: 'peer', rank: 0, take: (row) => address(row, 'peer') },
  u: { fills: 'user_name', rank: 0, take: (row) => text(row, 'user_name') },
  r: { fills: 'request', rank: 0, take: requestLine },
  m: { fills: 'method', rank: 0, take: (row) => text(row, 'method') },
  U: { fills: 'path', rank: 0, take: (row) => text(row, 'path') },
  q: { fills: 'query', rank: 0, take: query },
  H: { fills: 'protocol', rank: 0, take: (row) => text(row, 'protocol') },
  s: { fills: 'status', rank: 0, take: (row) => integer(row, 'status') },
  b: { fills: 'bytes', rank: 0, take: size },
  B: { fills: 'bytes', rank: 1, take: size },
  O: { fills: 'bytes_out', rank: 0, take: (row) => big(row, 'bytes_out') },
  I: { fills: 'bytes_in', rank: 0, take: (row) => big(row, 'bytes_in') },
  D: { fills: 'duration', rank: 0, take: (row) => duration(row, 1) },
  '{us}T': { fills: 'duration', rank: 1, take: (row) => duration(row, 1) },
  '{ms}T': { fills: 'duration', rank: 2, take: (row) => duration(row, 1000) },
  '{s}T': { fills: 'duration', rank: 3, take: (row) => duration(row, 1_000_000) },
  T: { fills: 'duration', rank: 4, take: (row) => duration(row, 1_000_000) },
  k: { fills: 'keepalive_no', rank: 0, take: (row) => integer(row, 'keepalive_no') },
  X: { fills: 'connection_status', rank: 0, take: verbatim },
  P: { fills: 'pid', rank: 0, take: (row) => integer(row, 'pid') },
  '{pid}P': { fills: 'pid', rank: 1, take: (row) => integer(row, 'pid') },
  '{tid}P': { fills: 'tid', rank: 0, take: (row) => big(row, 'tid') },
  '{hextid}P': { fills: 'tid', rank: 1, take: hexTid },
  '{remote}p': { fills: 'client_port', rank: 0, take: clientPort },
  '{local}p': { fills: 'server_port', rank: 0, take: (row) => integer(row, 'server_port') },
  '{canonical}p': { fills: 'server_port', rank: 1, take: (row) => integer(row, 'server_port') },
  p: { fills: 'server_port', rank: 2, take: (row) => integer(row, 'server_port') },
  v: { fills: 'vhost', rank: 0, take: serverName },
  V: { fills: 'vhost', rank: 1, take: serverName },
  L: { fills: 'log_id', rank: 0, take: (row) => text(row, 'log_id') },
  '{x-forwarded-for}i': { fills: 'forwarded_for', rank: 0, take: (row) => text(row, 'forwarded_for') },
  '{unique_id}e': { fills: 'request_id', rank: 1, take: (row) => text(row, 'request_id') },
  '{x-request-id}i': { fills: 'request_id', rank: 0, take: (row) => text(row, 'request_id') },
  '{x-request-id}o': { fills: 'request_id', rank: 2, take: (row) => text(row, 'request_id') },
  '{balancer_worker_name}e': { fills: 'backend', rank: 0, take: (row) => text(row, 'backend') },
  '{ssl_protocol}x': { fills: 'tls_protocol', rank: 0, take: (row) => text(row, 'tls_protocol') },
  '{version}c': { fills: 'tls_protocol', rank: 1, take: (row) => text(row, 'tls_protocol') },
  '{ssl_cipher}x': { fills: 'tls_cipher', rank: 0, take: (row) => text(row, 'tls_cipher') },
  '{cipher}c': { fills: 'tls_cipher', rank: 1, take: (row) => text(row, 'tls_cipher') },
  '{referer}i': { fills: 'referer', rank: 0, take: (row) => text(row, 'referer') },
  '{user-agent}i': { fills: 'user_agent', rank: 0, take: (row) => text(row, 'user_agent') },
};

/** `%O` as the size column of a format that has neither `%b` nor `%B`. */
export const sizeWithHeaders: Field = {
  fills: 'bytes_out',
  rank: 0,
  take: (row) => {
    const bytes = big(row, 'bytes');
    const bytesOut = big(row, 'bytes_out');
    return (source, start, end) => bytes(source, start, end) && bytesOut(source, start, end);
  },
};

/** Columns of which a coarser or equal second directive tells nothing more. */
export const SAID_BY_FIRST: ReadonlySet<string> = new Set(['duration', 'bytes', 'pid', 'tid']);

/** `%r` says what these say, closer to what the client sent. */
export const WITHIN_REQUEST: ReadonlySet<string> = new Set(['method', 'path', 'query', 'protocol']);

function isDash(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start === 1 && bytes[start] === DASH;
}

function text(row: RequestRow, name: string): Take {
  const column = row.text(name);
  return (bytes, start, end) => {
    if (!isDash(bytes, start, end)) setEscaped(column, bytes, start, end);
    return true;
  };
}

/** `203.0.113.7,` is the beginning of a list of addresses. */
function serverName(row: RequestRow): Take {
  const take = text(row, 'vhost');
  return (bytes, start, end) => bytes[end - 1] !== COMMA && take(bytes, start, end);
}

function verbatim(row: RequestRow): Take {
  const column = row.text('connection_status');
  return (bytes, start, end) => {
    column.setBytes(bytes, start, end);
    return end > start;
  };
}

function address(row: RequestRow, name: string): Take {
  const column = row.text(name);
  const address = new Address();
  return (bytes, start, end) => {
    if (address.read(bytes, start, end)) column.setBytes(address.bytes, address.start, address.end);
    else if (!isDash(bytes, start, end)) setEscaped(column, bytes, start, end);
    return end > start;
  };
}

function query(row: RequestRow): Take {
  const column = row.text('query');
  return (bytes, start, end) => {
    if (start < end && bytes[start] === QUESTION) setEscaped(column, bytes, start + 1, end);
    return true;
  };
}

function integer(row: RequestRow, name: string): Take {
  const column = row.number(name);
  return (bytes, start, end) => {
    const value = decimal32(bytes, start, end);
    if (value < 0) return isDash(bytes, start, end);
    column.set(value);
    return true;
  };
}

/** mod_remoteip logs port 0 for the address it took from a header. */
function clientPort(row: RequestRow): Take {
  const column = row.number('client_port');
  const take = integer(row, 'client_port');
  return (bytes, start, end) => {
    const read = take(bytes, start, end);
    if (end - start === 1 && bytes[start] === 48) column.clear();
    return read;
  };
}

function big(row: RequestRow, name: string): Take {
  const column = row.int64(name);
  return (bytes, start, end) => {
    const value = decimal(bytes, start, end);
    if (value < 0) return isDash(bytes, start, end);
    column.set(value);
    if (name === 'bytes_out') row.bytesOut = value;
    return true;
  };
}

function hexTid(row: RequestRow): Take {
  const column = row.int64('tid');
  return (bytes, start, end) => {
    const value = hexadecimal(bytes, start, end);
    if (value < 0) return isDash(bytes, start, end);
    column.set(value);
    return true;
  };
}

/** `%b` prints no bytes as `-`. */
function size(row: RequestRow): Take {
  const column = row.int64('bytes');
  return (bytes, start, end) => {
    const value = isDash(bytes, start, end) ? 0 : decimal(bytes, start, end);
    column.set(value);
    row.bytes = value;
    return value >= 0;
  };
}

function duration(row: RequestRow, unitUs: number): Take {
  return (bytes, start, end) => {
    const value = decimal(bytes, start, end);
    if (value >= 0) return row.setDuration(value * unitUs);
    const isNegative = end - start > 1 && bytes[start] === DASH && decimal(bytes, start + 1, end) >= 0;
    if (isNegative) row.extra.add(CLOCK_SET_BACK, bytes, start, end);
    return isNegative || isDash(bytes, start, end);
  };
}

/** The target of `%U` with `%q` glued to it, where a format writes `%U%q`. */
export const targetField: Field = { fills: 'path', rank: 0, take: target };
