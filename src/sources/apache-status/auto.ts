/*
 * `server-status?auto` (seen: Apache 2.4.71, event, worker and prefork): key: value lines, of which the first may be the
 * host. A file may hold several answers.
 *
 * ServerMPM: event
 * Total kBytes: 10
 * BusyWorkers: 1
 * Scoreboard: _W__
 * TLSSessionCacheStatus
 * CacheType: SHMCB
 *
 * https://httpd.apache.org/docs/2.4/mod/mod_status.html#machinereadable
 */
import { skipBlanks, trimmedEnd } from '../../base/bytes.ts';
import { lineText } from '../../base/line-text.ts';
import { KNOWN, type LineOutcome, type LineParser, ROW } from '../source.ts';
import type { StatusRow } from './status-row.ts';

const LONGEST_HEAD = 300;
const PAIR = /^([A-Za-z][\w ()[\].-]{0,60}):(?: +(.*))?$/;
/** The address that newer versions print first; modules print titles without a colon. */
const ALONE = /^(?:[\w.:-]+|\[[\da-f:.]+\])$/i;
/** Keys that begin an answer, whichever is printed. */
const FIRST: ReadonlySet<string> = new Set(['ServerVersion', 'Total Accesses', 'BusyWorkers']);

/** Reads the answers into rows of `apache_status`. */
export class AutoStatusParser implements LineParser {
  readonly #row: StatusRow;
  readonly #seen = new Set<string>();
  #inScoreboard = false;

  constructor(row: StatusRow) {
    this.#row = row;
  }

  line(bytes: Uint8Array, start: number, end: number): LineOutcome {
    const from = skipBlanks(bytes, start, end);
    const to = trimmedEnd(bytes, from, end);
    if (from === to) return KNOWN;
    const head = lineText(bytes, from, Math.min(to, from + LONGEST_HEAD));
    if (head.startsWith('Scoreboard:')) return this.#scoreboard(bytes, skipBlanks(bytes, from + 11, to), to);
    const pair = PAIR.exec(head);
    if (pair === null) {
      if (this.#inScoreboard && this.#row.addScoreboard(bytes, from, to)) return KNOWN;
      return ALONE.test(head) ? KNOWN : 'not Key: value';
    }
    return this.#pair(pair[1]!, pair[2] ?? '');
  }

  /** Closes the last row. */
  end(): void {
    this.#row.close();
  }

  #scoreboard(bytes: Uint8Array, start: number, end: number): LineOutcome {
    this.#inScoreboard = true;
    const begun = this.#row.begun;
    if (!this.#row.addScoreboard(bytes, start, end)) return 'not a scoreboard';
    return begun ? KNOWN : ROW;
  }

  /** The first line that fills a column stands for the row. */
  #pair(key: string, value: string): LineOutcome {
    this.#inScoreboard = false;
    if (!this.#row.keeps(key)) return KNOWN;
    if (FIRST.has(key) && this.#seen.has(key)) this.#close();
    this.#seen.add(key);
    const begun = this.#row.begun;
    if (!this.#row.put(key, value)) return `cannot read ${key}`;
    return begun ? KNOWN : ROW;
  }

  #close(): void {
    this.#row.close();
    this.#seen.clear();
  }
}
