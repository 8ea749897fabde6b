import { ascii, skipBlanks, startsWith } from '../../base/bytes.ts';
import { KNOWN, type LineOutcome, type LineParser } from '../source.ts';

const TITLE = ascii('Kernel Interface table');

/** Two forms of one output: the first line that begins one of them decides which parser reads it all. */
export class EitherParser implements LineParser {
  readonly #choose: (bytes: Uint8Array, start: number, end: number) => LineParser | null;
  #chosen: LineParser | null = null;

  /** `choose` names the parser for a line that is not blank, or null. */
  constructor(choose: (bytes: Uint8Array, start: number, end: number) => LineParser | null) {
    this.#choose = choose;
  }

  line(bytes: Uint8Array, start: number, end: number, lineNo: number, offset: number): LineOutcome {
    if (this.#chosen === null) {
      const from = skipBlanks(bytes, start, end);
      if (from === end || startsWith(bytes, from, end, TITLE)) return KNOWN;
      this.#chosen = this.#choose(bytes, from, end);
      if (this.#chosen === null) return 'no interface before it';
    }
    return this.#chosen.line(bytes, start, end, lineNo, offset);
  }

  end(): void {
    this.#chosen?.end?.();
  }
}
