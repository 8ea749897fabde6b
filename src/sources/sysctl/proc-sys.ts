/*
 * A file of /proc/sys, as bundles copy the tree: the name is the key, the content the value. More lines are more
 * values of the key, as `sysctl -a` prints them.
 *
 * proc/sys/net/ipv4/tcp_fin_timeout: 60
 * proc/sys/fs/file-nr: 593	0	2466170
 */
import { skipBlanks, trimmedEnd } from '../../base/bytes.ts';
import type { TableBuilder, TextColumn } from '../../base/table-builder.ts';
import { KNOWN, type LineOutcome, type LineParser, ROW } from '../source.ts';
import { dotted } from './dotted.ts';
import { HIDDEN, isSecret } from './secrets.ts';
import { setSpaced } from './spaced.ts';

const ROOT = 'proc/sys/';

/** Reads one file of the tree into the `sysctl` table. */
export class ProcSysParser implements LineParser {
  readonly #table: TableBuilder;
  readonly #key: TextColumn;
  readonly #value: TextColumn;
  readonly #name: string;
  readonly #isSecret: boolean;

  constructor(table: TableBuilder, member: string) {
    this.#table = table;
    this.#key = table.text('key');
    this.#value = table.text('value');
    this.#name = dotted(member.slice(member.lastIndexOf(ROOT) + ROOT.length));
    const name = Buffer.from(this.#name);
    this.#isSecret = isSecret(name, 0, name.length);
  }

  line(bytes: Uint8Array, start: number, end: number): LineOutcome {
    const from = skipBlanks(bytes, start, end);
    const to = trimmedEnd(bytes, from, end);
    if (from === to) return KNOWN;
    this.#key.setText(this.#name);
    if (this.#isSecret) this.#value.setBytes(HIDDEN, 0, HIDDEN.length);
    else setSpaced(this.#value, bytes, from, to);
    this.#table.next();
    return ROW;
  }
}
