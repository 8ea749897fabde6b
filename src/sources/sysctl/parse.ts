/*
 * `sysctl -a` or a part of it (seen: procps 4.0, busybox 1.35, kernel 6.18). Complaints come between the lines when
 * stderr went into the same file; their wording depends on the version.
 *
 * net.core.somaxconn = 4096
 * net.ipv4.tcp_rmem = 4096	131072	6291456
 * net.ipv4.conf.eth0/100.rp_filter = 0
 * net.ipv4.ip_local_reserved_ports =
 * sysctl: permission denied on key 'net.ipv4.tcp_fastopen_key'
 * error: permission denied on key 'net.ipv4.route.flush'
 *
 * https://docs.kernel.org/networking/ip-sysctl.html
 */
import { ascii, equals, indexOfByte, skipBlanks, startsWith, tokenEnd, trimmedEnd } from '../../base/bytes.ts';
import type { TableBuilder, TextColumn } from '../../base/table-builder.ts';
import { KNOWN, type LineOutcome, type LineParser, ROW } from '../source.ts';
import { HIDDEN, isSecret } from './secrets.ts';
import { setSpaced } from './spaced.ts';

const EQUALS = 61;
const COMPLAINTS = ['sysctl: ', 'error: ', 'warning: ', '* Applying '].map(ascii);
const DENIALS = ['permission denied', 'Permission denied'].map(ascii);

/** Reads `key = value` lines into the `sysctl` table. */
export class SysctlParser implements LineParser {
  readonly #table: TableBuilder;
  readonly #key: TextColumn;
  readonly #value: TextColumn;

  constructor(table: TableBuilder) {
    this.#table = table;
    this.#key = table.text('key');
    this.#value = table.text('value');
  }

  line(bytes: Uint8Array, start: number, end: number): LineOutcome {
    const from = skipBlanks(bytes, start, end);
    const to = trimmedEnd(bytes, from, end);
    if (from === to || COMPLAINTS.some((complaint) => startsWith(bytes, from, to, complaint))) return KNOWN;
    const sign = indexOfByte(bytes, EQUALS, from, to);
    const keyEnd = sign < 0 ? from : trimmedEnd(bytes, from, sign);
    if (keyEnd === from || tokenEnd(bytes, from, keyEnd) !== keyEnd) {
      return DENIALS.some((denial) => equals(bytes, Math.max(from, to - denial.length), to, denial))
        ? KNOWN
        : 'not key = value';
    }
    this.#key.setBytes(bytes, from, keyEnd);
    if (isSecret(bytes, from, keyEnd)) this.#value.setBytes(HIDDEN, 0, HIDDEN.length);
    else setSpaced(this.#value, bytes, skipBlanks(bytes, sign + 1, to), to);
    this.#table.next();
    return ROW;
  }
}
