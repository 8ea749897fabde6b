import { Address } from '../../base/address.ts';
import { MAX_INT32 } from '../../base/bytes.ts';
import type { TableBuilder } from '../../base/table-builder.ts';

const ADDRESSES: readonly string[] = ['src', 'dst', 'reply_src', 'reply_dst'];
const PORTS: readonly string[] = ['sport', 'dport', 'reply_sport', 'reply_dport', 'zone'];
const SMALL: readonly string[] = ['timeout_s', 'age_s'];
const LARGE: readonly string[] = ['packets', 'bytes', 'reply_packets', 'reply_bytes', 'mark', 'id'];
const NAMES: readonly string[] = ['state', 'helper', 'labels', 'offload', 'zone_direction'];
const PROTOCOL = /^[a-z][a-z0-9-]{0,15}$/;

/** One entry given field by field as text, for the dialects that are not lines of `key=value`. */
export class FlowRow {
  readonly #table: TableBuilder;
  /** Values by column; `status` holds the flags of the entry, separated by commas. */
  readonly #fields = new Map<string, string>();
  readonly #address = new Address();

  constructor(table: TableBuilder) {
    this.#table = table;
  }

  /** A later value of the same column is joined to the first. */
  set(column: string, value: string): void {
    const before = this.#fields.get(column);
    this.#fields.set(column, before === undefined ? value : `${before},${value}`.slice(0, 1000));
  }

  clear(): void {
    this.#fields.clear();
    this.#table.abandon();
  }

  /** Closes the row and begins the next; a text when it is none. */
  write(): string | null {
    const reason = this.#protocol() ?? this.#addresses() ?? this.#numbers();
    if (reason === null) {
      this.#flags();
      for (const name of NAMES) this.#text(name);
      this.#table.next();
    }
    this.clear();
    return reason;
  }

  #protocol(): string | null {
    const protocol = this.#fields.get('l4proto');
    if (protocol === undefined || !PROTOCOL.test(protocol)) return 'not a conntrack entry';
    this.#table.text('l4proto').setText(protocol);
    return null;
  }

  #addresses(): string | null {
    for (const column of ADDRESSES) {
      const value = this.#fields.get(column);
      if (value === undefined) return 'source or destination missing';
      const bytes = new TextEncoder().encode(value);
      const address = this.#address;
      if (!address.read(bytes, 0, bytes.length)) return 'not an address';
      this.#table.text(column).setBytes(address.bytes, address.start, address.end);
      this.#table.text('l3proto').setText(address.family === 4 ? 'ipv4' : 'ipv6');
    }
    return null;
  }

  #numbers(): string | null {
    this.#table.number('zone').set(0);
    for (const column of PORTS) {
      const value = this.#number(column);
      if (value === null) continue;
      if (!(value <= 65_535)) return column === 'zone' ? 'zone out of range' : 'port out of range';
      this.#table.number(column).set(value);
    }
    for (const column of SMALL) {
      const value = this.#number(column);
      if (value === null) continue;
      if (!(value <= MAX_INT32)) return 'value is not a number';
      this.#table.number(column).set(value);
    }
    for (const column of LARGE) {
      const value = this.#number(column);
      if (value === null) continue;
      if (!(value < 2 ** 63)) return 'value is not a number';
      this.#table.int64(column).set(value);
    }
    return null;
  }

  /** null when it is not given, NaN when it is no number. */
  #number(column: string): number | null {
    const value = this.#fields.get(column);
    return value === undefined ? null : /^\d{1,20}$/.test(value) ? Number(value) : Number.NaN;
  }

  #flags(): void {
    const status = (this.#fields.get('status') ?? '').split(',');
    if (!status.includes('OFFLOAD')) this.#table.number('assured').set(Number(status.includes('ASSURED')));
    this.#table.number('unreplied').set(Number(status.includes('UNREPLIED')));
  }

  #text(column: string): void {
    const value = this.#fields.get(column);
    if (value !== undefined && value !== '') this.#table.text(column).setText(value);
  }
}
