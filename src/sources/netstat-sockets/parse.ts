/*
 * `netstat` with any of -a -l -n -t -u -w -e -o -p -W -c (seen: net-tools 1.60 and 2.10, busybox 1.35 and
 * 1.36). The header says which of the last columns there are; a UNIX section may follow.
 *
 * Active Internet connections (servers and established)
 * Proto Recv-Q Send-Q Local Address           Foreign Address         State       User       Inode      PID/Program name     Timer
 * tcp        4      0 0.0.0.0:82              0.0.0.0:*               LISTEN      0          23538      811/apache2          off (0.00/0/0)
 * tcp        0      1 127.0.0.1:7012          127.0.0.1:49596         FIN_WAIT1   0          77918      -                    on (0.14/2/0)
 * tcp6       0      0 2001:db8:aaaa:bbb:60306 ::1:7004                ESTABLISHED 33         77905      977/tmux: server     keepalive (7.20/0/0)
 * udp        0      0 127.0.0.1:7021          0.0.0.0:*                           0          77923      811/dnsmasq          off (0.00/0/0)
 *
 * Without -W an address and its port are cut to the width of the column, the address from its end:
 * `2001:db8:aaaa:bbb:60306`. What -c and pt-stalk print again and again is read once: the table holds one moment.
 *
 * https://man7.org/linux/man-pages/man8/netstat.8.html
 */
import { ascii, decimal, indexOfBytes, skipBlanks, startsWith, tokenEnd } from '../../base/bytes.ts';
import type { Int64Column, NumberColumn, TableBuilder, TextColumn } from '../../base/table-builder.ts';
import { TokenTable } from '../../base/token-table.ts';
import { KNOWN, type LineOutcome, type LineParser, ROW } from '../source.ts';
import { OtherTokens } from '../ss/other-tokens.ts';
import { CutEndpoint } from './cut-endpoint.ts';
import { KernelState } from './kernel-state.ts';
import { Owner } from './owner.ts';

/** What netstat calls a kind of socket, and ss. */
const KINDS: readonly (readonly [string, string])[] = [
  ['tcp', 'tcp'],
  ['tcp6', 'tcp'],
  ['udp', 'udp'],
  ['udp6', 'udp'],
  ['udpl', 'udplite'],
  ['udpl6', 'udplite'],
  ['udplite', 'udplite'],
  ['raw', 'raw'],
  ['raw6', 'raw'],
];
const PROTOS: TokenTable = new TokenTable(KINDS.map(([proto]) => proto));
const SIX = 54;

const TITLE = ascii('Active ');
const INTERNET = ascii('Active Internet');
const HEADER = ascii('Proto ');
const SOCKETS_HEADER = ascii('Proto Recv-Q');
const LOCAL = ascii('Local Address');
const FOREIGN = ascii('Foreign Address');
const NONE = -1;
/** Complaints, the notes of -p, and the stamps that pt-stalk writes. */
const NOTES = ['(No', 'will not be shown', 'netstat: ', 'warning, got ', 'getnameinfo failed', 'TS '].map(ascii);
/** An SCTP association is a line for each address, the first alone with the rest; they are no rows. */
const SCTP = ascii('sctp');

/** Reads the Internet sockets of netstat into the `socket` table, one row a socket. */
export class NetstatSocketsParser implements LineParser {
  readonly #table: TableBuilder;
  readonly #netid: TextColumn;
  readonly #recvQ: Int64Column;
  readonly #sendQ: Int64Column;
  readonly #family: NumberColumn;
  readonly #local: CutEndpoint;
  readonly #peer: CutEndpoint;
  readonly #state: KernelState;
  readonly #owner: Owner;
  readonly #other: OtherTokens;
  /** In the section of some other kind of sockets. */
  #elsewhere = false;
  #isSctp = false;
  /** Kind of the first socket of all; a later section that begins with it is the next round of the same. */
  #firstKind = NONE;
  #begins = true;
  #repeats = false;

  constructor(table: TableBuilder, member: string) {
    this.#table = table;
    this.#netid = table.text('netid');
    this.#recvQ = table.int64('recv_q');
    this.#sendQ = table.int64('send_q');
    this.#family = table.number('family');
    this.#other = new OtherTokens(table.text('other'));
    this.#local = new CutEndpoint(table.text('local_addr'), table.number('local_port'), this.#other, member);
    this.#peer = new CutEndpoint(table.text('peer_addr'), table.number('peer_port'), this.#other, member);
    this.#state = new KernelState(table.text('state'));
    this.#owner = new Owner(table, this.#other);
  }

  line(bytes: Uint8Array, start: number, end: number): LineOutcome {
    const first = skipBlanks(bytes, start, end);
    if (first === end) return KNOWN;
    const stop = tokenEnd(bytes, first, end);
    this.#isSctp = first > start ? this.#isSctp : startsWith(bytes, first, end, SCTP);
    if (this.#isSctp) return KNOWN;
    const kind = this.#elsewhere ? -1 : PROTOS.find(bytes, first, stop);
    if (kind < 0) return this.#noSocket(bytes, first, end);
    if (this.#begins) this.#repeats = kind === this.#firstKind;
    if (this.#firstKind === NONE) this.#firstKind = kind;
    this.#begins = false;
    if (this.#repeats) return KNOWN;
    const outcome = this.#socket(kind, bytes, stop, end);
    if (outcome === ROW) {
      this.#other.close();
      this.#table.next();
    } else {
      this.#other.drop();
      this.#table.abandon();
    }
    return outcome;
  }

  #noSocket(bytes: Uint8Array, first: number, end: number): LineOutcome {
    if (startsWith(bytes, first, end, TITLE)) {
      this.#elsewhere = !startsWith(bytes, first, end, INTERNET);
      return KNOWN;
    }
    if (startsWith(bytes, first, end, HEADER)) {
      this.#elsewhere = !startsWith(bytes, first, end, SOCKETS_HEADER);
      this.#begins = true;
      this.#owner.readHeader(bytes, first, end);
      const local = indexOfBytes(bytes, LOCAL, first, end);
      const width = indexOfBytes(bytes, FOREIGN, first, end) - local - 1;
      this.#local.setWidth(width);
      this.#peer.setWidth(width);
      return KNOWN;
    }
    if (this.#elsewhere || NOTES.some((note) => startsWith(bytes, first, end, note))) return KNOWN;
    return 'not a socket line';
  }

  #socket(kind: number, bytes: Uint8Array, start: number, end: number): LineOutcome {
    const [proto, netid] = KINDS[kind]!;
    let at = skipBlanks(bytes, start, end);
    let stop = tokenEnd(bytes, at, end);
    const received = decimal(bytes, at, stop);
    at = skipBlanks(bytes, stop, end);
    stop = tokenEnd(bytes, at, end);
    const sent = decimal(bytes, at, stop);
    if (received < 0 || sent < 0) return 'queue length is not a number';
    at = skipBlanks(bytes, stop, end);
    stop = tokenEnd(bytes, at, end);
    const localReason = this.#local.read(bytes, at, stop);
    if (localReason !== null) return `local: ${localReason}`;
    at = skipBlanks(bytes, stop, end);
    stop = tokenEnd(bytes, at, end);
    const peerReason = this.#peer.read(bytes, at, stop);
    if (peerReason !== null) return `peer: ${peerReason}`;
    at = skipBlanks(bytes, stop, end);
    const behind = this.#state.read(bytes, at, end, netid);
    if (behind < 0) return 'no socket state';
    this.#netid.setText(netid);
    this.#recvQ.set(received);
    if (!this.#state.isListen) this.#sendQ.set(sent);
    const family = proto.charCodeAt(proto.length - 1) === SIX ? 6 : this.#local.family || this.#peer.family;
    if (family > 0) this.#family.set(family);
    this.#owner.read(bytes, skipBlanks(bytes, behind, end), end);
    return ROW;
  }
}
