/*
 * `ss -tanpe` (seen: iproute2 6.1): the list of owners is what this source is for, one row each. The other columns are
 * those of `ss` and read by the same code.
 *
 * State  Recv-Q Send-Q Local Address:Port  Peer Address:Port Process
 * LISTEN 0      511          0.0.0.0:80        0.0.0.0:*     users:(("apache2",pid=812,fd=4),("apache2",pid=811,fd=4)) ino:23538 sk:2 <->
 * ESTAB  0      0          10.77.0.1:82      10.77.0.2:48468 ino:0 sk:a <->
 * ESTAB  0      0          10.77.0.1:80      10.77.0.2:50654 users:(("apache2",pid=811,fd=9)) uid:33 ino:23846 sk:b <->
 *
 * https://man7.org/linux/man-pages/man8/ss.8.html
 */
import { ascii, decimal, decimal32, indexOfBytes, skipBlanks, tokenEnd } from '../../base/bytes.ts';
import type { Int64Column, NumberColumn, TableBuilder, TextColumn } from '../../base/table-builder.ts';
import { KNOWN, type LineOutcome, type LineParser, ROW } from '../source.ts';
import { Owner, ownersEnd, USERS } from '../ss/owners.ts';
import { SocketLine } from '../ss/socket-line.ts';

const BACKTICK = 96;
const UID = ascii(' uid:');
const INODE = ascii(' ino:');
const ignore = (): void => {};

/** Reads the owners of sockets into the `socket_process` table. */
export class SsProcessParser implements LineParser {
  readonly #table: TableBuilder;
  readonly #socket: SocketLine;
  readonly #inode: Int64Column;
  readonly #process: TextColumn;
  readonly #pid: NumberColumn;
  readonly #fd: NumberColumn;
  readonly #uid: NumberColumn;
  readonly #owner: Owner = new Owner();

  constructor(table: TableBuilder, member: string) {
    this.#table = table;
    this.#socket = new SocketLine(table, member, null);
    this.#inode = table.int64('inode');
    this.#process = table.text('process');
    this.#pid = table.number('pid');
    this.#fd = table.number('fd');
    this.#uid = table.number('uid');
  }

  line(bytes: Uint8Array, start: number, end: number): LineOutcome {
    const first = skipBlanks(bytes, start, end);
    if (first === end || (first > start && bytes[first] !== BACKTICK)) return KNOWN;
    const outcome = this.#socket.read(bytes, first, end);
    const rows = outcome === ROW ? this.#owners(bytes, first, end) : outcome;
    if (rows !== ROW) this.#table.abandon();
    return rows;
  }

  #owners(bytes: Uint8Array, start: number, end: number): LineOutcome {
    const list = indexOfBytes(bytes, USERS, this.#socket.behind, end);
    if (list < 0) return KNOWN;
    const behind = ownersEnd(bytes, list, end, this.#owner, ignore);
    if (behind < 0) return 'list of owners not readable';
    const inode = valueOf(bytes, INODE, behind, end);
    const uid = valueOf(bytes, UID, behind, end);
    let rows = 0;
    ownersEnd(bytes, list, end, this.#owner, (owner) => {
      if (rows++ > 0) this.#socket.read(bytes, start, end);
      this.#process.setBytes(bytes, owner.nameStart, owner.nameEnd);
      this.#pid.set(owner.pid);
      if (owner.fd >= 0) this.#fd.set(owner.fd);
      if (inode >= 0) this.#inode.set(inode);
      if (uid >= 0 || inode > 0) this.#uid.set(Math.max(uid, 0));
      this.#table.next();
    });
    return ROW;
  }
}

function valueOf(bytes: Uint8Array, label: Uint8Array, start: number, end: number): number {
  const at = indexOfBytes(bytes, label, start, end);
  if (at < 0) return -1;
  const from = at + label.length;
  const to = tokenEnd(bytes, from, end);
  return label === UID ? decimal32(bytes, from, to) : decimal(bytes, from, to);
}
