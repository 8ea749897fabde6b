import { Address } from '../../base/address.ts';
import { ascii, decimal, decimal32, hexadecimal, lastIndexOfByte, startsWith } from '../../base/bytes.ts';
import { ExtraColumn } from '../../base/extra-column.ts';
import { LineKeys } from '../../base/line-keys.ts';
import type { Int64Column, NumberColumn, TableBuilder, TextColumn } from '../../base/table-builder.ts';
import type { MemberContext } from '../source.ts';

const COLON = 58;
const OPEN = 91;
const HEX = ascii('0x');

/** The columns of `error_log`, set from the pieces of a line. */
export class ErrorRow {
  readonly builder: TableBuilder;
  readonly module: TextColumn;
  readonly level: TextColumn;
  readonly pid: NumberColumn;
  readonly tid: Int64Column;
  readonly client: TextColumn;
  readonly clientPort: NumberColumn;
  readonly remote: TextColumn;
  readonly remotePort: NumberColumn;
  readonly code: TextColumn;
  readonly errno: NumberColumn;
  readonly errnoText: TextColumn;
  readonly location: TextColumn;
  readonly message: TextColumn;
  readonly referer: TextColumn;
  readonly backend: TextColumn;
  readonly backendPort: NumberColumn;
  readonly vhost: TextColumn;
  readonly logId: TextColumn;
  readonly extra: ExtraColumn;
  /** Whether the module is mod_proxy or one of its kin. */
  isProxy = false;
  readonly #ts: Int64Column;
  readonly #afterTs: Int64Column;
  readonly #member: TextColumn;
  readonly #lineNo: Int64Column;
  readonly #file: TextColumn;
  readonly #lineKey: Int64Column;
  readonly #keys: LineKeys;
  readonly #memberName: string;
  readonly #address: Address = new Address();
  #tsUs = Number.NaN;
  #lastTsUs = Number.NaN;

  constructor(builder: TableBuilder, { member, slice }: MemberContext) {
    this.builder = builder;
    this.#ts = builder.int64('ts');
    this.#afterTs = builder.int64('after_ts');
    this.module = builder.text('module');
    this.level = builder.text('level');
    this.pid = builder.number('pid');
    this.tid = builder.int64('tid');
    this.client = builder.text('client');
    this.clientPort = builder.number('client_port');
    this.remote = builder.text('remote');
    this.remotePort = builder.number('remote_port');
    this.code = builder.text('code');
    this.errno = builder.number('errno');
    this.errnoText = builder.text('errno_text');
    this.location = builder.text('location');
    this.message = builder.text('message');
    this.referer = builder.text('referer');
    this.backend = builder.text('backend');
    this.backendPort = builder.number('backend_port');
    this.vhost = builder.text('vhost');
    this.logId = builder.text('log_id');
    this.extra = new ExtraColumn(builder.text('extra'));
    this.#member = builder.text('member');
    this.#lineNo = builder.int64('line_no');
    this.#file = builder.text('file');
    this.#lineKey = builder.int64('line_key');
    this.#keys = new LineKeys(member, slice);
    this.#memberName = member;
  }

  /** Forgets what an attempt to read the line left behind. */
  begin(): void {
    this.isProxy = false;
    this.#tsUs = Number.NaN;
    this.extra.begin();
  }

  /** Microseconds since 1970 UTC. */
  setTime(us: number): void {
    this.#tsUs = us;
  }

  /** Closes the row of a line; the arguments are those of `LineParser.line`. */
  finish(bytes: Uint8Array, start: number, end: number, lineNo: number, offset: number): void {
    if (!Number.isNaN(this.#tsUs)) {
      this.#ts.set(this.#tsUs);
      this.#lastTsUs = this.#tsUs;
    } else if (!Number.isNaN(this.#lastTsUs)) {
      this.#afterTs.set(this.#lastTsUs);
    }
    this.extra.finish();
    this.#file.setText(this.#keys.file);
    this.#lineKey.set(this.#keys.key(bytes, start, end, offset, this.#lastTsUs));
    this.#member.setText(this.#memberName);
    this.#lineNo.set(lineNo);
    this.builder.next();
  }

  /**
   * `12.0.0.1:39850`, `::1:58619` (the port follows the last colon); without a port where `withPort` is false (2.2).
   * False when it is no address: it is kept as it stands.
   */
  setEndpoint(
    columns: { address: TextColumn; port: NumberColumn },
    bytes: Uint8Array,
    start: number,
    end: number,
    withPort: boolean,
  ): boolean {
    const colon = withPort ? lastIndexOfByte(bytes, COLON, start, end) : -1;
    const port = colon < 0 ? -1 : decimal32(bytes, colon + 1, end);
    if (port >= 0) columns.port.set(port);
    const isBracketed = bytes[start] === OPEN;
    const addressEnd = port >= 0 ? colon : end;
    const address = this.#address;
    const isAddress = address.read(bytes, isBracketed ? start + 1 : start, isBracketed ? addressEnd - 1 : addressEnd);
    if (isAddress) columns.address.setBytes(address.bytes, address.start, address.end);
    else columns.address.setBytes(bytes, start, addressEnd);
    return isAddress;
  }

  /** `22353`, `22353:tid 22358`, `22353:tid 0x7f12c0a8`; false when it is none. */
  setProcess(bytes: Uint8Array, start: number, end: number): boolean {
    const colon = lastIndexOfByte(bytes, COLON, start, end);
    const pid = decimal32(bytes, start, colon < 0 ? end : colon);
    if (pid < 0) return false;
    this.pid.set(pid);
    if (colon >= 0) this.setThread(bytes, colon + ':tid '.length, end);
    return true;
  }

  /** A thread id, decimal or hexadecimal; false when it is neither. */
  setThread(bytes: Uint8Array, start: number, end: number): boolean {
    const whole = decimal(bytes, start, end);
    const tid = whole >= 0 ? whole : hexadecimal(bytes, startsWith(bytes, start, end, HEX) ? start + 2 : start, end);
    if (tid >= 0) this.tid.set(tid);
    return tid >= 0;
  }
}
