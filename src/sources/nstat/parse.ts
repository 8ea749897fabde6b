/*
 * `nstat -az`, `nstat -asz`, `nstat -ajz` (seen: iproute2 6.1): where the figures come from, then a counter a line under the
 * kernel's name, with a rate that only its daemon knows. Gauges and constants (TcpCurrEstab, TcpMaxConn) are left out.
 *
 * #kernel
 * IpInReceives                    5344               0.0
 * TcpExtTCPTimeouts               4602               0.0
 * {"kernel":{"IpInReceives":5344,"TcpExtTCPTimeouts":4602}}
 *
 * Without `-a` it prints what was added since the same user called it last, in the same words, and a counter that fell as
 * "(overflow)". Such figures are no counters. The member's name tells which it is; where it does not, the whole list with
 * its zeros is taken for `-az`, as it is usually asked for, and a list without zeros for increments.
 *
 * https://man7.org/linux/man-pages/man8/rtacct.8.html
 */
import { skipBlanks } from '../../base/bytes.ts';
import { lineText } from '../../base/line-text.ts';
import type { Int64Column, TableBuilder, TextColumn } from '../../base/table-builder.ts';
import { counterValue } from '../counter-value.ts';
import { JsonWalker } from '../json-walker.ts';
import { KNOWN, type LineOutcome, type LineParser, ROW } from '../source.ts';

const OPEN_OBJECT = 123;
const HASH = 35;
const LINE = /^([A-Z][A-Za-z0-9_]*)\s+(\d+)(?:\s+-?\d+(?:\.\d+)?)?( \(overflow\))?$/;
/** The options in a name: nstat_-zas, nstat-az.txt, nstat_-a_-z. */
const OPTIONS = /nstat((?:[_ -]+-?[adjnprstz]{1,6}(?![a-z]))+)/;
const NAME = /^[A-Z][A-Za-z0-9_]*$/;
const INCREMENTS = 'increments since the last call of nstat (no -a), not a counter';

interface Counter {
  readonly name: string;
  readonly value: number;
}

/** Reads nstat into the `counter` table. */
export class NstatParser implements LineParser {
  readonly #table: TableBuilder;
  readonly #name: TextColumn;
  readonly #value: Int64Column;
  readonly #walker: JsonWalker;
  /** Whether these are counters; null until that is known. */
  #absolute: boolean | null;
  /** The first counter, while that is not known. */
  #first: Counter | null = null;
  #rows = 0;
  #json = false;

  /** `member` is the member's name, which may hold the options. */
  constructor(member: string, table: TableBuilder) {
    this.#table = table;
    this.#name = table.text('name');
    this.#value = table.int64('value');
    const options = OPTIONS.exec(member)?.[1];
    this.#absolute = options === undefined ? null : options.includes('a');
    this.#walker = new JsonWalker({
      value: (path, text) => {
        const value = counterValue(text);
        const name = path[1];
        if (path.length === 2 && !Number.isNaN(value) && NAME.test(name!)) this.#take({ name: name!, value });
      },
      leave: () => {},
    });
  }

  line(bytes: Uint8Array, start: number, end: number): LineOutcome {
    const from = skipBlanks(bytes, start, end);
    if (from === end || bytes[from] === HASH) return KNOWN;
    this.#json ||= bytes[from] === OPEN_OBJECT;
    const rows = this.#rows;
    if (this.#json) {
      if (!this.#walker.line(bytes, from, end)) return 'not JSON of nstat';
    } else {
      const match = LINE.exec(lineText(bytes, from, Math.min(end, from + 256)).trimEnd());
      if (match === null) return 'not a counter line of nstat';
      const value = counterValue(match[2]!);
      if (Number.isNaN(value)) return 'value is not a 64-bit number';
      if (match[3] !== undefined) this.#absolute = false;
      this.#take({ name: match[1]!, value });
    }
    if (this.#absolute === false) return INCREMENTS;
    return this.#rows > rows ? ROW : KNOWN;
  }

  #take(counter: Counter): void {
    if (this.#absolute === null) {
      if (this.#first === null) {
        this.#first = counter;
        return;
      }
      this.#absolute = counter.name === 'IpInHdrErrors' || counter.value === 0;
      if (this.#absolute) this.#add(this.#first);
    }
    if (this.#absolute) this.#add(counter);
  }

  #add(counter: Counter): void {
    this.#name.setText(counter.name);
    this.#value.set(counter.value);
    this.#table.next();
    this.#rows++;
  }
}
