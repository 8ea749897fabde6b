import { decimal, indexOfByte, skipBlanks, tokenEnd } from '../../base/bytes.ts';
import type { Int64Column, TableBuilder, TextColumn } from '../../base/table-builder.ts';
import { MAX_EPOCH_US, SECOND_US } from '../../base/time.ts';
import { TokenTable } from '../../base/token-table.ts';
import type { Zone } from '../../base/zone.ts';

const EVENTS: TokenTable = new TokenTable(['[NEW]', '[UPDATE]', '[DESTROY]']);
const NAMES: readonly string[] = ['new', 'update', 'destroy'];
const DOT = 46;
const BLANK = 32;

/** What `conntrack -E` says of an entry: what happened to it, and with `-o timestamp` when. */
export class EventColumns {
  readonly #ts: Int64Column;
  readonly #event: TextColumn;
  readonly #zone: Zone;

  constructor(table: TableBuilder, zone: Zone) {
    this.#ts = table.int64('ts');
    this.#event = table.text('event');
    this.#zone = zone;
  }

  /** Reads `[1795531418.235210]	    [NEW] `; the position behind it, or -1 when there is no event. */
  read(bytes: Uint8Array, start: number, end: number): number {
    let at = start;
    let stop = tokenEnd(bytes, at, end);
    const dot = indexOfByte(bytes, DOT, at, stop);
    if (dot > 0) {
      // The fraction is padded with blanks behind, not zeros before: `.52    ]` are 52 microseconds.
      const close = indexOfByte(bytes, 93, dot, Math.min(end, dot + 12));
      if (close < 0) return -1;
      let digits = close;
      while (digits > dot && bytes[digits - 1] === BLANK) digits--;
      const seconds = decimal(bytes, at + 1, dot);
      const rest = decimal(bytes, dot + 1, digits);
      const us = seconds * SECOND_US + rest;
      if (seconds < 0 || rest < 0 || us > MAX_EPOCH_US) return -1;
      this.#ts.set(us);
      at = skipBlanks(bytes, close + 1, end);
      stop = tokenEnd(bytes, at, end);
    }
    const event = EVENTS.find(bytes, at, stop);
    if (event < 0) return -1;
    this.#event.setText(NAMES[event]!);
    return skipBlanks(bytes, stop, end);
  }

  /** The same from XML: the `type` of the flow, and the parts of `<when>`, which is local time. False: no event. */
  set(type: string, when: ReadonlyMap<string, string>): boolean {
    if (!NAMES.includes(type)) return false;
    this.#event.setText(type);
    const [year, month, day, hour, minute, second] = ['year', 'month', 'day', 'hour', 'min', 'sec'].map((part) =>
      Number(when.get(part) ?? Number.NaN),
    );
    const us = this.#zone.toUtcUs(Date.UTC(year!, month! - 1, day, hour, minute, second) * 1000);
    if (us >= 0 && us <= MAX_EPOCH_US) this.#ts.set(us);
    return true;
  }
}
