import { ascii, decimal, indexOfBytes, lastIndexOfByte, skipBlanks, startsWith, tokenEnd } from '../../base/bytes.ts';
import type { Int64Column, NumberColumn, TableBuilder, TextColumn } from '../../base/table-builder.ts';
import { KNOWN, type LineOutcome, ROW } from '../source.ts';
import { Endpoint } from './endpoint.ts';
import type { OtherTokens } from './other-tokens.ts';
import { netidOf, netidOfMember, stateOf } from './states.ts';

const COLON = 58;
const SPACE = 32;
const STAR = 42;
const BACKTICK = 96;
const LOCAL = ascii('Local Address');
const HEADERS = [ascii('State'), ascii('Netid'), ascii('Recv-Q'), LOCAL];
const STATE = ascii('State');
/** Length of the longest netids, to which iproute2 4.15 to 4.18 may glue the state: `u_strLISTEN`. */
const GLUED = 5;
/** What ss writes to stderr, which a capture may have mixed in. */
const NOISE = [
  'Failed to find cgroup2 mount',
  'Failed to open cgroup2 by ID',
  'RTNETLINK answers: ',
  'Cannot open netlink socket: ',
].map(ascii);

/** Columns only the `socket` table has. */
export interface SocketColumns {
  readonly recvQ: Int64Column;
  readonly sendQ: Int64Column;
  readonly family: NumberColumn;
  readonly device: TextColumn;
  readonly other: OtherTokens;
}

/** Reads the part every socket line has: `[netid] [state] [recv-q send-q] local:port peer:port`. */
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
  /** What sockets are where the tool prints no Netid, as it does for a single kind; null: tcp, or udp where tcp cannot be. */
  readonly #only: string | null;
  /** The header names no state: ss was run with a state filter. */
  #stateless = false;
  /** The header begins with the address: ss was run with -Q, too. */
  #bare = false;

  constructor(table: TableBuilder, member: string, columns: SocketColumns | null) {
    this.#netid = table.text('netid');
    this.#state = table.text('state');
    this.#localAddr = table.text('local_addr');
    this.#localPort = table.number('local_port');
    this.#peerAddr = table.text('peer_addr');
    this.#peerPort = table.number('peer_port');
    this.#columns = columns;
    this.#only = netidOfMember(member);
  }

  /** Whether blanks before `first` only align the first column, the address, and do not begin a line of details. */
  isAligned(bytes: Uint8Array, start: number, first: number, end: number): boolean {
    return bytes[start] === SPACE && (this.#bare || startsWith(bytes, first, end, LOCAL));
  }

  /** Sets columns of the current row from the line; `KNOWN` for headers and sockets without IP addresses. */
  read(bytes: Uint8Array, start: number, end: number): LineOutcome {
    let at = start;
    let netid: string | null | undefined;
    if (bytes[at] === BACKTICK) {
      netid = 'sctp';
      at = skipBlanks(bytes, tokenEnd(bytes, at, end), end);
    }
    let stop = tokenEnd(bytes, at, end);
    let state = stateOf(bytes, at, stop);
    if (state === undefined) {
      let netidEnd = stop;
      netid = netidOf(bytes, at, netidEnd);
      if (netid === undefined && stateOf(bytes, at + GLUED, stop) !== undefined) {
        netidEnd = at + GLUED;
        netid = netidOf(bytes, at, netidEnd);
      }
      if (netid === null) return KNOWN;
      if (netid !== undefined) {
        at = skipBlanks(bytes, netidEnd, end);
        stop = tokenEnd(bytes, at, end);
        state = stateOf(bytes, at, stop);
      }
    }
    if (state !== undefined) {
      this.#state.setText(state);
      at = skipBlanks(bytes, stop, end);
      stop = tokenEnd(bytes, at, end);
    } else if (!this.#stateless && decimal(bytes, at, stop) < 0) {
      return netid === undefined ? this.#unlikeASocket(bytes, start, end) : 'no socket state';
    }
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
    const outcome = this.#endpoints(bytes, at, stop, end);
    if (outcome === ROW) this.#netid.setText(netid ?? this.#only ?? this.#guess(state));
    return outcome;
  }

  /** Without a peer and not listening a socket is no tcp. */
  #guess(state: string | undefined): string {
    return state === 'CLOSE' && !this.#peerPort.isSet ? 'udp' : 'tcp';
  }

  #endpoints(bytes: Uint8Array, start: number, stop: number, end: number): LineOutcome {
    const endpoint = this.#endpoint;
    const columns = this.#columns;
    const at = skipBlanks(bytes, stop, end);
    const peerEnd = tokenEnd(bytes, at, end);
    const localReason = endpoint.read(bytes, start, stop, this.#localAddr, this.#localPort);
    if (localReason !== null) return isNobody(bytes, at, peerEnd) ? KNOWN : `local: ${localReason}`;
    if (endpoint.strange) columns?.other.add(bytes, start, stop);
    let family: number = endpoint.family;
    if (endpoint.scopeEnd > endpoint.scopeStart)
      columns?.device.setBytes(bytes, endpoint.scopeStart, endpoint.scopeEnd);
    const peerReason = endpoint.read(bytes, at, peerEnd, this.#peerAddr, this.#peerPort);
    if (peerReason !== null) return isNobody(bytes, at, peerEnd) ? KNOWN : `peer: ${peerReason}`;
    if (endpoint.strange) columns?.other.add(bytes, at, peerEnd);
    family ||= endpoint.family;
    if (family > 0) columns?.family.set(family);
    this.behind = peerEnd;
    return ROW;
  }

  #unlikeASocket(bytes: Uint8Array, start: number, end: number): LineOutcome {
    if (HEADERS.some((header) => startsWith(bytes, start, end, header))) {
      this.#bare = startsWith(bytes, start, end, LOCAL);
      this.#stateless = indexOfBytes(bytes, STATE, start, end) < 0;
      return KNOWN;
    }
    return isNoise(bytes, start, end) ? KNOWN : 'not a socket line';
  }
}

/** Whether the peer is that of netlink and packet sockets, which have no Netid where ss was asked for them alone. */
function isNobody(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start === 1 && bytes[start] === STAR;
}

/** Whether the line is a complaint of ss on stderr, which may fall between the two lines of a socket. */
export function isNoise(bytes: Uint8Array, start: number, end: number): boolean {
  return NOISE.some((noise) => startsWith(bytes, start, end, noise));
}
