/*
 * `ss` of iproute2 (seen: 3.10, 4.4, 4.9, 4.18, 5.4, 5.15, 6.1, 6.12, 7.1). One socket is one line, or two with -i or
 * -m: the second begins with a tab. The header depends on options and version, so lines are read by tokens:
 * [netid] [state] [recv-q send-q] local:port peer:port details…
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
import { skipBlanks } from '../../base/bytes.ts';
import type { TableBuilder } from '../../base/table-builder.ts';
import { KNOWN, type LineOutcome, type LineParser, ROW } from '../source.ts';
import { SsProcessParser } from '../ss-process/parse.ts';
import { Details } from './details.ts';
import { OtherTokens } from './other-tokens.ts';
import { isNoise, SocketLine } from './socket-line.ts';

const BACKTICK = 96;
const UPPER_A = 65;
const UPPER_Z = 90;

/** What the lines after a socket line belong to. */
type Open = 'nothing' | 'row' | 'unread' | 'skipped';

/** Reads the lines of ss into the `socket` table, one row a socket, and its owners (-p) into `socket_process`. */
export class SsParser implements LineParser {
  readonly #table: TableBuilder;
  readonly #socket: SocketLine;
  readonly #details: Details;
  readonly #other: OtherTokens;
  readonly #owners: SsProcessParser;
  #open: Open = 'nothing';

  constructor(table: TableBuilder, owners: TableBuilder, member: string) {
    this.#table = table;
    this.#owners = new SsProcessParser(owners, member);
    this.#other = new OtherTokens(table.text('other'));
    this.#details = new Details(table, this.#other);
    this.#socket = new SocketLine(table, member, {
      recvQ: table.int64('recv_q'),
      sendQ: table.int64('send_q'),
      family: table.number('family'),
      device: table.text('device'),
      other: this.#other,
    });
  }

  line(bytes: Uint8Array, start: number, end: number): LineOutcome {
    const first = skipBlanks(bytes, start, end);
    if (first === end) return KNOWN;
    if (first > start && bytes[first] !== BACKTICK && !this.#socket.isAligned(bytes, start, first, end))
      return this.#continue(bytes, first, end);
    const isUpper = bytes[first]! >= UPPER_A && bytes[first]! <= UPPER_Z;
    if (isUpper && isNoise(bytes, first, end)) return KNOWN;
    this.end();
    const outcome = this.#socket.read(bytes, first, end);
    if (outcome === ROW) {
      this.#details.isOwned = false;
      this.#details.read(bytes, this.#socket.behind, end);
      if (this.#details.isOwned) this.#owners.line(bytes, start, end);
      this.#open = 'row';
      return ROW;
    }
    if (outcome === KNOWN) this.#owners.line(bytes, start, end);
    this.#open = outcome === KNOWN ? 'skipped' : 'unread';
    this.#table.abandon();
    this.#other.drop();
    return outcome;
  }

  /** Closes the last socket, which waited for a second line. */
  end(): void {
    if (this.#open === 'row') {
      this.#other.close();
      this.#table.next();
    }
    this.#open = 'nothing';
  }

  #continue(bytes: Uint8Array, first: number, end: number): LineOutcome {
    if (this.#open === 'skipped') return KNOWN;
    if (this.#open !== 'row') return 'details without a readable socket line before them';
    this.#details.read(bytes, first, end);
    return ROW;
  }
}
