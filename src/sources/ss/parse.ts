/*
 * `ss` of iproute2 (seen: 6.1; told apart from 4.9 on). One socket is one line, or two with -i or -m: the second begins
 * with a tab. The header depends on options and version, so lines are read by tokens:
 * [netid] state [recv-q send-q] local:port peer:port details…
 *
 * State  Recv-Q Send-Q        Local Address:Port               Peer Address:Port Process
 * LISTEN 4      3                   0.0.0.0:82                      0.0.0.0:*     users:(("python3",pid=15223,fd=6)) ino:23538 sk:2 <->
 *         skmem:(r0,rb131072,t0,tb16384,f0,w0,o0,bl0,d6) bbr cwnd:10 unacked:4
 * FIN-WAIT-2 0  0                 10.77.0.1:8080                  10.77.0.2:36330 timer:(timewait,16sec,0) ino:0 sk:8
 * ESTAB  1      0      [::ffff:10.77.0.1]:80            [::ffff:10.77.0.2]:50654
 * tcp   LISTEN     0      511             *:80                            *:*
 *
 * https://man7.org/linux/man-pages/man8/ss.8.html
 */
import { ascii, decimal, lastIndexOfByte, skipBlanks, startsWith, tokenEnd } from '../../base/bytes.ts';
import type { Int64Column, NumberColumn, TableBuilder, TextColumn } from '../../base/table-builder.ts';
import { KNOWN, type LineOutcome, type LineParser, ROW } from '../source.ts';
import { Endpoint } from './endpoint.ts';
import { netidOf, stateOf } from './states.ts';

const COLON = 58;
const BACKTICK = 96;
const HEADERS = [ascii('State '), ascii('Netid '), ascii('Recv-Q '), ascii('Local Address')];
/** What ss writes to stderr, which a capture may have mixed in. */
const NOISE = [ascii('Failed to find cgroup2 mount')];

/** What the lines after a socket line belong to. */
type Open = 'nothing' | 'row' | 'unread' | 'skipped';

/** Fills the columns of details (everything behind the addresses) of the current row. */
export interface DetailsReader {
  read(bytes: Uint8Array, start: number, end: number): void;
}

/** Reads the lines of ss into a table with the columns of `SOCKET_ENDPOINTS`, one row a socket. */
export class SsParser implements LineParser {
  readonly #table: TableBuilder;
  readonly #details: DetailsReader;
  readonly #netid: TextColumn;
  readonly #state: TextColumn;
  readonly #recvQ: Int64Column;
  readonly #sendQ: Int64Column;
  readonly #localAddr: TextColumn;
  readonly #localPort: NumberColumn;
  readonly #peerAddr: TextColumn;
  readonly #peerPort: NumberColumn;
  readonly #family: NumberColumn;
  readonly #device: TextColumn;
  readonly #endpoint: Endpoint = new Endpoint();
  #open: Open = 'nothing';

  constructor(table: TableBuilder, details: DetailsReader) {
    this.#table = table;
    this.#details = details;
    this.#netid = table.text('netid');
    this.#state = table.text('state');
    this.#recvQ = table.int64('recv_q');
    this.#sendQ = table.int64('send_q');
    this.#localAddr = table.text('local_addr');
    this.#localPort = table.number('local_port');
    this.#peerAddr = table.text('peer_addr');
    this.#peerPort = table.number('peer_port');
    this.#family = table.number('family');
    this.#device = table.text('device');
  }

  line(bytes: Uint8Array, start: number, end: number): LineOutcome {
    const first = skipBlanks(bytes, start, end);
    if (first === end) return KNOWN;
    if (first > start && bytes[first] !== BACKTICK) return this.#continue(bytes, first, end);
    this.end();
    const outcome = this.#socket(bytes, first, end);
    if (outcome === ROW) this.#open = 'row';
    else if (outcome === KNOWN) this.#open = 'skipped';
    else {
      this.#open = 'unread';
      this.#table.abandon();
    }
    return outcome;
  }

  end(): void {
    if (this.#open === 'row') this.#table.next();
    this.#open = 'nothing';
  }

  #continue(bytes: Uint8Array, first: number, end: number): LineOutcome {
    if (this.#open === 'skipped') return KNOWN;
    if (this.#open !== 'row') return 'details without a readable socket line before them';
    this.#details.read(bytes, first, end);
    return ROW;
  }

  #socket(bytes: Uint8Array, start: number, end: number): LineOutcome {
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
      this.#recvQ.set(queued);
      this.#sendQ.set(limit);
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
    if (endpoint.scopeEnd > endpoint.scopeStart) this.#device.setBytes(bytes, endpoint.scopeStart, endpoint.scopeEnd);
    const at = skipBlanks(bytes, stop, end);
    const peerEnd = tokenEnd(bytes, at, end);
    const peerReason = endpoint.read(bytes, at, peerEnd, this.#peerAddr, this.#peerPort);
    if (peerReason !== null) return `peer: ${peerReason}`;
    family ||= endpoint.family;
    if (family > 0) this.#family.set(family);
    this.#details.read(bytes, peerEnd, end);
    return ROW;
  }
}

function unlikeASocket(bytes: Uint8Array, start: number, stop: number, end: number): LineOutcome {
  if (HEADERS.some((header) => startsWith(bytes, start, end, header))) return KNOWN;
  if (NOISE.some((noise) => startsWith(bytes, start, end, noise))) return KNOWN;
  if (decimal(bytes, start, stop) >= 0) return 'no State column (ss was run with a state filter)';
  return 'not a socket line';
}

