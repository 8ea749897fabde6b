import { skipBlanks } from '../../base/bytes.ts';
import { KNOWN, type LineOutcome, type LineParser, type MemberContext, type Tables } from '../source.ts';
import { AutoStatusParser } from './auto.ts';
import { StatusPageParser } from './page.ts';
import { StatusRow } from './status-row.ts';

const LESS_THAN = 60;

/** Tells the page from the answer for machines by its first line: both are saved under the same names. */
export class ApacheStatusParser implements LineParser {
  readonly #make: (page: boolean) => LineParser;
  #parser: LineParser | null = null;

  constructor({ zone }: MemberContext, tables: Tables) {
    const row = new StatusRow(tables.of('apache_status'), zone);
    const workers = tables.of('apache_worker');
    this.#make = (page) => (page ? new StatusPageParser(row, workers) : new AutoStatusParser(row));
  }

  line(bytes: Uint8Array, start: number, end: number, lineNo: number, offset: number): LineOutcome {
    if (this.#parser === null) {
      const at = skipBlanks(bytes, start, end);
      if (at === end) return KNOWN;
      this.#parser = this.#make(bytes[at] === LESS_THAN);
    }
    return this.#parser.line(bytes, start, end, lineNo, offset);
  }

  end(): void {
    this.#parser?.end?.();
  }
}
