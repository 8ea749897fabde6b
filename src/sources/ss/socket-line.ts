import { ascii, decimal, lastIndexOfByte, skipBlanks, startsWith, tokenEnd } from '../../base/bytes.ts';
import type { Int64Column, NumberColumn, TableBuilder, TextColumn } from '../../base/table-builder.ts';
import { KNOWN, type LineOutcome, ROW } from '../source.ts';
import { Endpoint } from './endpoint.ts';
import { netidOf, stateOf } from './states.ts';

const COLON = 58;
const BACKTICK = 96;
const HEADERS = [ascii('State '), ascii('Netid '), ascii('Recv-Q '), ascii('Local Address')];
/** What ss writes to stderr, which a capture may have mixed in. */
const NOISE = [ascii('Failed to find cgroup2 mount')];

/** Columns only the `socket` table has. */
export interface SocketColumns {
  readonly recvQ: Int64Column;
  readonly sendQ: Int64Column;
  readonly family: NumberColumn;
  readonly device: TextColumn;
}

/** Reads the part every socket line has: `[netid] state [recv-q send-q] local:port peer:port`. */
export class SocketLine {
  /** Position behind the peer after a `ROW`: where details begin. */
  behind = 0;
  readonly #netid: TextColumn;
  readonly #state: TextColumn;
  readonly #localAddr: TextColumn;
  readonly #localPort: NumberColumn;
  readonly #peerAddr: TextColumn;
  readonly #peerPort: NumberColumn;
  readonly #columns: SocketColumns | null;
  readonly #endpoint: Endpoint = new Endpoint();

  constructor(table: TableBuilder, columns: SocketColumns | null) {
    this.#netid = table.text('netid');
    this.#state = table.text('state');
    this.#localAddr = table.text('local_addr');
    this.#localPort = table.number('local_port');
    this.#peerAddr = table.text('peer_addr');
    this.#peerPort = table.number('peer_port');
    this.#columns = columns;
  }

  /** Sets columns of the current row from the line; `KNOWN` for headers and sockets without IP addresses. */
  read(bytes: Uint8Array, start: number, end: number): LineOutcome {
    let at = start;
    let netid = 'tcp';
    if (bytes[at] === BACKTICK) {
      netid = 'sctp';
      at = skipBlanks(bytes, tokenEnd(bytes, at, end), end);
    }
    let stop = tokenEnd(bytes, at, end);
    let state = stateOf(bytes, at, stop);
    if (state === undefined) {
      const found = netidOf(bytes, at, stop);
      if (found === null) return KNOWN;
      if (found === undefined) return unlikeASocket(bytes, start, stop, end);
      netid = found;
      at = skipBlanks(bytes, stop, end);
      stop = tokenEnd(bytes, at, end);
      state = stateOf(bytes, at, stop);
      if (state === undefined) return 'no socket state';
    }
    this.#netid.setText(netid);
    this.#state.setText(state);
    at = skipBlanks(bytes, stop, end);
    stop = tokenEnd(bytes, at, end);
    if (lastIndexOfByte(bytes, COLON, at, stop) < 0) {
      const queued = decimal(bytes, at, stop);
      at = skipBlanks(bytes, stop, end);
      stop = tokenEnd(bytes, at, end);
      const limit = decimal(bytes, at, stop);
      if (queued < 0 || limit < 0) return 'queue length is not a number';
      this.#columns?.recvQ.set(queued);
      this.#columns?.sendQ.set(limit);
      at = skipBlanks(bytes, stop, end);
      stop = tokenEnd(bytes, at, end);
    }
    return this.#endpoints(bytes, at, stop, end);
  }

  #endpoints(bytes: Uint8Array, start: number, stop: number, end: number): LineOutcome {
    const endpoint = this.#endpoint;
    const localReason = endpoint.read(bytes, start, stop, this.#localAddr, this.#localPort);
    if (localReason !== null) return `local: ${localReason}`;
    let family: number = endpoint.family;
    if (endpoint.scopeEnd > endpoint.scopeStart)
      this.#columns?.device.setBytes(bytes, endpoint.scopeStart, endpoint.scopeEnd);
    const at = skipBlanks(bytes, stop, end);
    const peerEnd = tokenEnd(bytes, at, end);
    const peerReason = endpoint.read(bytes, at, peerEnd, this.#peerAddr, this.#peerPort);
    if (peerReason !== null) return `peer: ${peerReason}`;
    family ||= endpoint.family;
    if (family > 0) this.#columns?.family.set(family);
    this.behind = peerEnd;
    return ROW;
  }
}

function unlikeASocket(bytes: Uint8Array, start: number, stop: number, end: number): LineOutcome {
  if (HEADERS.some((header) => startsWith(bytes, start, end, header))) return KNOWN;
  if (isNoise(bytes, start, end)) return KNOWN;
  if (decimal(bytes, start, stop) >= 0) return 'no State column (ss was run with a state filter)';
  return 'not a socket line';
}

/** Whether the line is a complaint of ss on stderr, which may fall between the two lines of a socket. */
export function isNoise(bytes: Uint8Array, start: number, end: number): boolean {
  return NOISE.some((noise) => startsWith(bytes, start, end, noise));
}
