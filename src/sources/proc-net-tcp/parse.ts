/*
 * `/proc/net/tcp` and its like (seen: 6.18): all numbers but uid, timeout and inode are hexadecimal. The file of UDP has
 * three columns more, which its header names.
 *
 *   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
 *    0: 0100007F:1B59 00000000:0000 0A 00000000:00000004 00:00000000 00000000     0        0 77886 1 00000000437c9d9a 100 0 0 10 0
 *   14: 0100007F:1B64 0100007F:C1BC 04 00000001:00000000 01:0000000B 00000002     0        0 77918 2 000000004a5f4a6a 20 0 0 10 -1
 *   15: 0100007F:DA6A 0100007F:1B63 06 00000000:00000000 03:00001765 00000000     0        0 0 3 0000000079964c6a
 *
 * `tm->when` counts hundredths of a second, `timeout` unanswered probes.
 *
 * https://docs.kernel.org/networking/proc_net_tcp.html
 */
import {
  ascii,
  decimal,
  decimal32,
  hexadecimal,
  indexOfBytes,
  MAX_INT32,
  skipBlanks,
  startsWith,
  tokenEnd,
} from '../../base/bytes.ts';
import type { Int64Column, NumberColumn, TableBuilder, TextColumn } from '../../base/table-builder.ts';
import { KERNEL_STATES } from '../netstat-sockets/kernel-state.ts';
import { KNOWN, type LineOutcome, type LineParser, ROW } from '../source.ts';
import { HexAddress } from './hex-address.ts';

const COLON = 58;
const MS_PER_TICK = 10;
const MOST_TICKS = 2 ** 40;
const RETRANSMISSION = 1;
/** Timers by their number, as ss calls them. */
const TIMERS: readonly string[] = ['', 'on', 'keepalive', 'timewait', 'persist'];
const HEADER = ascii('sl ');
const DATAGRAM = ascii(' drops');
const KIND = /(tcp|udplite|udp|raw)6?(?:\.txt)?$/;

/** Reads the kernel's own list of sockets into the `socket` table, one row a socket. */
export class ProcNetTcpParser implements LineParser {
  readonly #table: TableBuilder;
  readonly #netid: TextColumn;
  readonly #state: TextColumn;
  readonly #recvQ: Int64Column;
  readonly #sendQ: Int64Column;
  readonly #localAddr: TextColumn;
  readonly #localPort: NumberColumn;
  readonly #peerAddr: TextColumn;
  readonly #peerPort: NumberColumn;
  readonly #family: NumberColumn;
  readonly #timer: TextColumn;
  readonly #timerMs: Int64Column;
  readonly #retrans: NumberColumn;
  readonly #uid: NumberColumn;
  readonly #inode: Int64Column;
  readonly #address: HexAddress = new HexAddress();
  /** What the member's name says; null: the header tells datagrams from tcp. */
  readonly #named: string | null;
  #kind: string;
  /** The token last taken, `[#start, #end)` of the line. */
  #start = 0;
  #end = 0;

  constructor(table: TableBuilder, member: string) {
    this.#table = table;
    this.#netid = table.text('netid');
    this.#state = table.text('state');
    this.#recvQ = table.int64('recv_q');
    this.#sendQ = table.int64('send_q');
    this.#localAddr = table.text('local_addr');
    this.#localPort = table.number('local_port');
    this.#peerAddr = table.text('peer_addr');
    this.#peerPort = table.number('peer_port');
    this.#family = table.number('family');
    this.#timer = table.text('timer');
    this.#timerMs = table.int64('timer_ms');
    this.#retrans = table.number('retrans');
    this.#uid = table.number('uid');
    this.#inode = table.int64('inode');
    this.#named = KIND.exec(member)?.[1] ?? null;
    this.#kind = this.#named ?? 'tcp';
  }

  line(bytes: Uint8Array, start: number, end: number): LineOutcome {
    this.#end = start;
    this.#next(bytes, end);
    if (this.#start === end) return KNOWN;
    if (startsWith(bytes, this.#start, end, HEADER)) {
      this.#kind = this.#named ?? (indexOfBytes(bytes, DATAGRAM, this.#start, end) < 0 ? 'tcp' : 'udp');
      return KNOWN;
    }
    if (bytes[this.#end - 1] !== COLON || decimal(bytes, this.#start, this.#end - 1) < 0) return 'not a socket line';
    const outcome = this.#addresses(bytes, end) ?? this.#numbers(bytes, end) ?? this.#owner(bytes, end);
    if (outcome !== null) {
      this.#table.abandon();
      return outcome;
    }
    this.#netid.setText(this.#kind);
    this.#family.set(this.#address.family);
    this.#table.next();
    return ROW;
  }

  #addresses(bytes: Uint8Array, end: number): string | null {
    this.#next(bytes, end);
    const local = this.#address.read(bytes, this.#start, this.#end, this.#localAddr, this.#localPort);
    if (local !== null) return `local: ${local}`;
    this.#next(bytes, end);
    const peer = this.#address.read(bytes, this.#start, this.#end, this.#peerAddr, this.#peerPort);
    return peer === null ? null : `peer: ${peer}`;
  }

  /** State, queues, timer, retransmissions. */
  #numbers(bytes: Uint8Array, end: number): string | null {
    this.#next(bytes, end);
    const state = KERNEL_STATES[hexadecimal(bytes, this.#start, this.#end)];
    if (state === undefined) return 'no socket state';
    this.#state.setText(state);
    this.#next(bytes, end);
    const sent = this.#half(bytes, 0);
    const received = this.#half(bytes, 1);
    if (sent < 0 || received < 0) return 'queue length is not a number';
    this.#recvQ.set(received);
    if (state !== 'LISTEN') this.#sendQ.set(sent);
    this.#next(bytes, end);
    const timer = this.#half(bytes, 0);
    const ticks = this.#half(bytes, 1);
    this.#next(bytes, end);
    const retransmissions = hexadecimal(bytes, this.#start, this.#end);
    const isTimer = timer >= 0 && ticks >= 0 && ticks <= MOST_TICKS;
    if (!isTimer || retransmissions < 0 || retransmissions > MAX_INT32) return 'timer is not a number';
    if (timer > 0) {
      this.#timer.setText(TIMERS[timer] ?? 'unknown');
      this.#timerMs.set(ticks * MS_PER_TICK);
      if (timer === RETRANSMISSION) this.#retrans.set(retransmissions);
    }
    return null;
  }

  #owner(bytes: Uint8Array, end: number): string | null {
    this.#next(bytes, end);
    const uid = decimal(bytes, this.#start, this.#end);
    this.#next(bytes, end);
    const probes = decimal32(bytes, this.#start, this.#end);
    this.#next(bytes, end);
    const inode = decimal(bytes, this.#start, this.#end);
    if (uid < 0 || probes < 0 || inode < 0) return 'no user, timeout and inode';
    if (this.#timer.isSet && !this.#retrans.isSet) this.#retrans.set(probes);
    if ((uid > 0 || inode > 0) && uid <= MAX_INT32) this.#uid.set(uid);
    this.#inode.set(inode);
    return null;
  }

  /** Takes the next token. */
  #next(bytes: Uint8Array, end: number): void {
    this.#start = skipBlanks(bytes, this.#end, end);
    this.#end = tokenEnd(bytes, this.#start, end);
  }

  /** One side of `00000001:0000000B`, or -1. */
  #half(bytes: Uint8Array, side: 0 | 1): number {
    let colon = this.#start;
    while (colon < this.#end && bytes[colon] !== COLON) colon++;
    return side === 0 ? hexadecimal(bytes, this.#start, colon) : hexadecimal(bytes, colon + 1, this.#end);
  }
}
