/*
 * Files that sysctl(8) and systemd-sysctl(8) load at boot: /etc/sysctl.conf and *.conf of /etc/sysctl.d, /run/sysctl.d
 * and /usr/lib/sysctl.d. The collector writes them into one member, each line behind `file:number:`.
 *
 * # Controls IP packet forwarding
 * net.ipv4.ip_forward = 0
 * -net.ipv4.conf.*.rp_filter=2
 * net/ipv4/conf/eth0.100/rp_filter = 0
 * -net.ipv4.conf.eth1.rp_filter
 * /etc/sysctl.d/99-web.conf:3:net.core.somaxconn = 4096
 *
 * https://man7.org/linux/man-pages/man5/sysctl.d.5.html
 */
import { lineText, setLineText } from '../../base/line-text.ts';
import type { Int64Column, TableBuilder, TextColumn } from '../../base/table-builder.ts';
import { KNOWN, type LineOutcome, type LineParser, ROW } from '../source.ts';
import { dotted } from '../sysctl/dotted.ts';
import { HIDDEN, isSecret } from '../sysctl/secrets.ts';

const LOCATED = /^(\/[^:]*):(\d{1,9}):/;
const ASSIGNMENT = /^-?([^\s=#;][^\s=]*)\s*=(.*)$/;
const EXCEPTION = /^-([^\s=]+)$/;

/** Reads lines of the files into the `sysctl_file` table. */
export class SysctlFileParser implements LineParser {
  readonly #table: TableBuilder;
  readonly #file: TextColumn;
  readonly #lineNo: Int64Column;
  readonly #key: TextColumn;
  readonly #value: TextColumn;
  /** The file on the host; null: each line says it. */
  readonly #path: string | null;

  constructor(table: TableBuilder, path: string | null) {
    this.#table = table;
    this.#file = table.text('file');
    this.#lineNo = table.int64('line_no');
    this.#key = table.text('key');
    this.#value = table.text('value');
    this.#path = path;
  }

  line(bytes: Uint8Array, start: number, end: number, lineNo: number): LineOutcome {
    const text = lineText(bytes, start, end);
    if (this.#path !== null) return this.#read(text, this.#path, lineNo);
    if (text === '') return KNOWN;
    const [place, file, number] = LOCATED.exec(text) ?? [];
    if (place === undefined) return 'no file:number: before it';
    return this.#read(text.slice(place.length), file!, Number(number));
  }

  #read(line: string, file: string, lineNo: number): LineOutcome {
    const text = line.trim();
    if (text === '' || text.startsWith('#') || text.startsWith(';')) return KNOWN;
    const [, key, value] = ASSIGNMENT.exec(text) ?? EXCEPTION.exec(text) ?? [];
    if (key === undefined) return 'not key = value';
    setLineText(this.#file, file);
    this.#lineNo.set(lineNo);
    setLineText(this.#key, canonical(key));
    const name = Buffer.from(key, 'latin1');
    if (value !== undefined && isSecret(name, 0, name.length)) this.#value.setBytes(HIDDEN, 0, HIDDEN.length);
    else if (value !== undefined) setLineText(this.#value, value.trim().replace(/\s+/g, ' '));
    this.#table.next();
    return ROW;
  }
}

/** The key as `sysctl -a` prints it: written with slashes when a slash is its first separator. */
function canonical(key: string): string {
  return /^[^./]*\//.test(key) ? dotted(key) : key;
}
