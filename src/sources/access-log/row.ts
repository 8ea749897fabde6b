import { ExtraColumn } from '../../base/extra-column.ts';
import { LineKeys } from '../../base/line-keys.ts';
import type { Int64Column, NumberColumn, TableBuilder, TextColumn } from '../../base/table-builder.ts';
import type { MemberContext } from '../source.ts';
import { Clock } from './clock.ts';

/** Longest duration that is believed: about three years. */
const MAX_DURATION_US = 1e14;

/** The row being read: its columns, and what its two times are made of. */
export class RequestRow {
  readonly builder: TableBuilder;
  readonly start: Clock;
  readonly end: Clock;
  readonly extra: ExtraColumn;
  durationUs = -1;
  /** The two sizes, for telling formats apart; -1 when not logged. */
  bytes = -1;
  bytesOut = -1;
  readonly #keys: LineKeys;
  readonly #file: TextColumn;
  readonly #lineKey: Int64Column;
  readonly #ts: Int64Column;
  readonly #endTs: Int64Column;
  readonly #duration: Int64Column;
  readonly #member: TextColumn;
  readonly #lineNo: Int64Column;
  readonly #memberName: string;

  constructor(builder: TableBuilder, { member, zone, slice }: MemberContext) {
    this.builder = builder;
    this.extra = new ExtraColumn(builder.text('extra'));
    this.#keys = new LineKeys(member, slice);
    this.#file = builder.text('file');
    this.#lineKey = builder.int64('line_key');
    this.start = new Clock(zone);
    this.end = new Clock(zone);
    this.#ts = builder.int64('ts');
    this.#endTs = builder.int64('end_ts');
    this.#duration = builder.int64('duration_us');
    this.#member = builder.text('member');
    this.#lineNo = builder.int64('line_no');
    this.#memberName = member;
  }

  text(name: string): TextColumn {
    return this.builder.text(name);
  }

  number(name: string): NumberColumn {
    return this.builder.number(name);
  }

  int64(name: string): Int64Column {
    return this.builder.int64(name);
  }

  /** Forgets what the line before left behind. */
  begin(): void {
    this.durationUs = -1;
    this.bytes = -1;
    this.bytesOut = -1;
    this.extra.begin();
    this.start.reset();
    this.end.reset();
  }

  /** Keeps a duration in microseconds; false when it cannot be one. */
  setDuration(us: number): boolean {
    this.durationUs = us;
    return us >= 0 && us <= MAX_DURATION_US;
  }

  /** Closes the row of a line; the arguments are those of `LineParser.line`. */
  finish(bytes: Uint8Array, lineStart: number, lineEnd: number, lineNo: number, offset: number): void {
    const duration = this.durationUs;
    let start = this.start.epochUs();
    let end = this.end.epochUs();
    if (duration >= 0) {
      this.#duration.set(duration);
      if (Number.isNaN(end)) end = start + duration;
      else if (Number.isNaN(start)) start = end - duration;
    }
    if (!Number.isNaN(start)) this.#ts.set(start);
    if (!Number.isNaN(end)) this.#endTs.set(end);
    this.extra.finish();
    this.#file.setText(this.#keys.file);
    this.#lineKey.set(this.#keys.key(bytes, lineStart, lineEnd, offset, start));
    this.#member.setText(this.#memberName);
    this.#lineNo.set(lineNo);
    this.builder.next();
  }
}
