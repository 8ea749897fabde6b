/*
 * The status page as HTML (seen: Apache 2.4.71; 2.2 as its sources print it). mod_status prints one thing a line and
 * escapes what clients sent, so that the page is read line by line, tags at known places, and is never parsed as HTML.
 *
 * <dt>Total accesses: 12 - Total Traffic: 119 kB - Total Duration: 6</dt>
 * <dt>1 requests currently being processed, 0 workers gracefully restarting, 49 idle workers</dt>
 * <tr><td>Sum</td><td>2</td><td>0</td><td>0</td><td>&nbsp;</td><td>1</td>…</tr>
 * <pre>_________W____…
 * <tr><td><b>0-0</b></td><td>81</td><td>0/1/1</td><td>_
 * </td><td>0.00</td><td>1</td><td>2</td><td>2</td><td>0.0</td><td>0.01</td><td>0.01
 * </td><td>127.0.0.1</td><td>http/1.1</td><td nowrap>127.0.0.1:80</td><td nowrap>GET / HTTP/1.1</td></tr>
 *
 * https://httpd.apache.org/docs/2.4/mod/mod_status.html
 */
import { indexOfByte, skipBlanks, trimmedEnd } from '../../base/bytes.ts';
import { lineText } from '../../base/line-text.ts';
import type { TableBuilder } from '../../base/table-builder.ts';
import { KNOWN, type LineOutcome, type LineParser, ROW } from '../source.ts';
import type { StatusRow } from './status-row.ts';
import { summaryPairs } from './summary.ts';
import { cellsOf, WorkerTable } from './worker-table.ts';

const LONGEST_LINE = 65_536;
const LESS_THAN = 60;
const CONNECTIONS: Readonly<Record<string, string>> = {
  total: 'ConnsTotal',
  'wait-io': 'ConnsAsyncWaitIO',
  writing: 'ConnsAsyncWriting',
  'keep-alive': 'ConnsAsyncKeepAlive',
  closing: 'ConnsAsyncClosing',
};

/** Reads the page into `apache_status` and `apache_worker`. */
export class StatusPageParser implements LineParser {
  readonly #row: StatusRow;
  readonly #workers: WorkerTable;
  /** Names of the last columns of the table of processes. */
  #connections: readonly string[] = [];
  #inScoreboard = false;
  #scoreboardSeen = false;
  #pastWorkers = false;

  constructor(row: StatusRow, workers: TableBuilder) {
    this.#row = row;
    this.#workers = new WorkerTable(workers);
  }

  line(bytes: Uint8Array, start: number, end: number): LineOutcome {
    const from = skipBlanks(bytes, start, end);
    const to = trimmedEnd(bytes, from, end);
    if (from === to || this.#pastWorkers) return KNOWN;
    if (to - from > LONGEST_LINE) return 'longer than any line of the page';
    const text = lineText(bytes, from, to);
    if (this.#workers.isOpen) {
      this.#pastWorkers = text === '</table>';
      return this.#pastWorkers ? KNOWN : this.#workers.line(text);
    }
    const board = text.indexOf('<pre>');
    if (board >= 0 && !this.#scoreboardSeen) {
      this.#inScoreboard = this.#scoreboardSeen = true;
      return this.#scoreboard(bytes, from + board + 5, to);
    }
    if (this.#inScoreboard) return this.#scoreboard(bytes, from, to);
    if (this.#workers.opens(text)) return KNOWN;
    if (text.startsWith('<b>Server ')) return 'the page without tables (?notable) is not read';
    return this.#summary(text);
  }

  end(): void {
    this.#row.close();
  }

  #scoreboard(bytes: Uint8Array, start: number, end: number): LineOutcome {
    const close = indexOfByte(bytes, LESS_THAN, start, end);
    if (close >= 0) this.#inScoreboard = false;
    const stop = close < 0 ? end : close;
    if (start >= stop) return KNOWN;
    return this.#first(() => this.#row.addScoreboard(bytes, start, stop), 'not a scoreboard');
  }

  #summary(text: string): LineOutcome {
    if (text.startsWith('<tr><th>total</th>')) {
      this.#connections = cellsOf(text, 'th');
      return KNOWN;
    }
    if (text.startsWith('<tr><td>Sum</td>')) return this.#sum(cellsOf(text, 'td'));
    const pairs = summaryPairs(text);
    if (pairs.length === 0)
      return text.startsWith('<') || KEY_OF_LETTERS.test(text) ? KNOWN : 'not a line of the status page';
    return this.#first(
      () => pairs.every(([key, value]) => this.#row.put(key, value)),
      'cannot read a number of the summary',
    );
  }

  /** The sums have as many cells behind as the header has names; before them are slot, processes and stopping ones. */
  #sum(cells: readonly string[]): LineOutcome {
    const before = cells.length - this.#connections.length;
    if (before < 1) return 'fewer sums than names';
    const pairs = this.#connections.flatMap((name, i): (readonly [string, string])[] =>
      Object.hasOwn(CONNECTIONS, name) ? [[CONNECTIONS[name]!, cells[before + i]!]] : [],
    );
    if (before === 3) pairs.push(['Processes', cells[1]!], ['Stopping', cells[2]!]);
    return this.#first(() => pairs.every(([key, value]) => this.#row.put(key, value)), 'cannot read the sums');
  }

  /** The first line that fills a column stands for the row. */
  #first(fill: () => boolean, reason: string): LineOutcome {
    const begun = this.#row.begun;
    if (!fill()) return begun === this.#row.begun ? reason : ROW;
    return begun ? KNOWN : ROW;
  }
}

/** The legend of the scoreboard; without ExtendedStatus the list of processes and what modules add. */
const KEY_OF_LETTERS = /^(?:"<b><code>|PID Key:|\d+ in state: |cache type: )/;
