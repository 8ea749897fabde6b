import { Address } from '../../base/address.ts';
import { decimal, decimal32, lastIndexOfByte } from '../../base/bytes.ts';
import type { Int64Column, NumberColumn, TableBuilder, TextColumn } from '../../base/table-builder.ts';

const COLON = 58;

/** The columns of `error_log`, set from the pieces of a line. */
export class ErrorRow {
  readonly ts: Int64Column;
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
  readonly location: TextColumn;
  readonly message: TextColumn;
  readonly referer: TextColumn;
  readonly #builder: TableBuilder;
  readonly #member: TextColumn;
  readonly #lineNo: Int64Column;
  readonly #memberName: string;
  readonly #address: Address = new Address();

  constructor(builder: TableBuilder, member: string) {
    this.ts = builder.int64('ts');
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
    this.location = builder.text('location');
    this.message = builder.text('message');
    this.referer = builder.text('referer');
    this.#builder = builder;
    this.#member = builder.text('member');
    this.#lineNo = builder.int64('line_no');
    this.#memberName = member;
  }

  finish(lineNo: number): void {
    this.#member.setText(this.#memberName);
    this.#lineNo.set(lineNo);
    this.#builder.next();
  }

  /** `12.0.0.1:39850`, `::1:58619` (the port follows the last colon); without a port where `withPort` is false (2.2). */
  setEndpoint(
    columns: { address: TextColumn; port: NumberColumn },
    bytes: Uint8Array,
    start: number,
    end: number,
    withPort: boolean,
  ): void {
    const colon = withPort ? lastIndexOfByte(bytes, COLON, start, end) : -1;
    const port = colon < 0 ? -1 : decimal32(bytes, colon + 1, end);
    if (port >= 0) columns.port.set(port);
    const addressEnd = port >= 0 ? colon : end;
    const address = this.#address;
    if (address.read(bytes, start, addressEnd)) columns.address.setBytes(address.bytes, address.start, address.end);
    else columns.address.setBytes(bytes, start, addressEnd);
  }

  /** `22353`, `22353:tid 22358`; false when it is neither. */
  setProcess(bytes: Uint8Array, start: number, end: number): boolean {
    const colon = lastIndexOfByte(bytes, COLON, start, end);
    const pid = decimal32(bytes, start, colon < 0 ? end : colon);
    if (pid < 0) return false;
    this.pid.set(pid);
    const tid = colon < 0 ? -1 : decimal(bytes, colon + ':tid '.length, end);
    if (tid >= 0) this.tid.set(tid);
    return true;
  }
}
