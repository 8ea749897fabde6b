/*
 * `sysctl -a` or a part of it (seen: procps 4.0, kernel 6.18); busybox prints the same.
 *
 * net.core.somaxconn = 4096
 * net.ipv4.tcp_rmem = 4096	131072	6291456
 * net.ipv4.ip_local_reserved_ports =
 * sysctl: permission denied on key 'net.ipv4.tcp_fastopen_key'
 *
 * https://docs.kernel.org/networking/ip-sysctl.html
 */
import { ascii, indexOfByte, skipBlanks, startsWith, tokenEnd, trimmedEnd } from '../../base/bytes.ts';
import type { TableBuilder, TextColumn } from '../../base/table-builder.ts';
import { KNOWN, type LineOutcome, type LineParser, ROW } from '../source.ts';

const EQUALS = 61;
const TAB = 9;
const SPACE = 32;
const COMPLAINT = ascii('sysctl: ');

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
    if (from === to || startsWith(bytes, from, to, COMPLAINT)) return KNOWN;
    const sign = indexOfByte(bytes, EQUALS, from, to);
    const keyEnd = sign < 0 ? from : trimmedEnd(bytes, from, sign);
    if (keyEnd === from || tokenEnd(bytes, from, keyEnd) !== keyEnd) return 'not key = value';
    this.#key.setBytes(bytes, from, keyEnd);
    this.#setValue(bytes, skipBlanks(bytes, sign + 1, to), to);
    this.#table.next();
    return ROW;
  }

  #setValue(bytes: Uint8Array, start: number, end: number): void {
    if (indexOfByte(bytes, TAB, start, end) < 0) {
      this.#value.setBytes(bytes, start, end);
      return;
    }
    const spaced = new Uint8Array(end - start);
    let length = 0;
    for (let i = start; i < end; i++) {
      const byte = bytes[i]!;
      if (byte !== TAB) spaced[length++] = byte;
      else if (length > 0 && spaced[length - 1] !== SPACE) spaced[length++] = SPACE;
    }
    this.#value.setBytes(spaced, 0, length);
  }
}
