import type { Int64Column, NumberColumn, TableBuilder, TextColumn } from '../../base/table-builder.ts';
import type { Zone } from '../../base/zone.ts';
import { Clock } from './clock.ts';

/** Longest duration that is believed: about three years. */
const MAX_DURATION_US = 1e14;

/** The row being read: its columns, and what its two times are made of. */
export class RequestRow {
  readonly builder: TableBuilder;
  readonly start: Clock;
  readonly end: Clock;
  durationUs = -1;
  readonly #ts: Int64Column;
  readonly #endTs: Int64Column;
  readonly #duration: Int64Column;
  readonly #member: TextColumn;
  readonly #lineNo: Int64Column;
  readonly #memberName: string;

  constructor(builder: TableBuilder, member: string, zone: Zone) {
    this.builder = builder;
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
    this.start.reset();
    this.end.reset();
  }

  /** Keeps a duration in microseconds; false when it cannot be one. */
  setDuration(us: number): boolean {
    this.durationUs = us;
    return us >= 0 && us <= MAX_DURATION_US;
  }

  /** Closes the row. */
  finish(lineNo: number): void {
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
    this.#member.setText(this.#memberName);
    this.#lineNo.set(lineNo);
    this.builder.next();
  }
}
