import { Columns, mayBeHeader } from './columns.ts';
import { Contexts } from './contexts.ts';
import type { HostNames } from './host-names.ts';
import type { LearnedNames } from './learned-names.ts';
import { type Form, type Span, settled } from './spans.ts';
import { WordScanner } from './word-scanner.ts';

const HASH = 0x23;
const NONE: readonly Span[] = [];
/** `net.ipv4.conf.all.tag = 0`: what stands before the sign is no host, whatever it looks like. */
const SETTING = /^[a-z][\w./@-]* ?[=:] ?/i;
/** Keys of a manifest and of sysctl that tell of software and clocks. */
const SOFTWARE =
  /^(?:# (?:manifest|collector|kernel|os|machine|zone|utc|boot_id|session)\t|kernel\.(?:osrelease|version)\b)/;
/** Keys whose values are told by their names. */
const KEYS: readonly (readonly [Form, RegExp])[] = [
  ['host', /^(?:# host\t|kernel\.(?:hostname|domainname) ?[=:] ?(?!\(none\)))/],
  ['user', /^# user\t/],
  ['value', /^[\w.-]*(?:fastopen_key|stable_secret) ?[=:] ?/],
];
const HEAD_CHARS = 200;

/** Finds what is to be replaced in the lines of one member. */
export class LineFinder {
  readonly #scanner: WordScanner;
  readonly #contexts: Contexts;
  readonly #columns = new Columns();
  readonly #isSettings: boolean;
  readonly #isManifest: boolean;

  /** `path` is the member's. `toldOnly`: only what its surroundings tell is wanted. */
  constructor(path: string, learned: LearnedNames, hosts: HostNames, toldOnly = false) {
    this.#scanner = new WordScanner(learned, hosts, toldOnly);
    this.#contexts = new Contexts(hosts);
    this.#isSettings = /sysctl/.test(path);
    this.#isManifest = /(?:^|\/)manifest\.tsv$/.test(path);
  }

  /** Whether the line lies in a table whose addresses are set against the right edge. */
  get isRightAligned(): boolean {
    return this.#columns.isRightAligned;
  }

  /** The spans of `bytes[start, end)`, in order, without overlaps; positions are those behind `start`. */
  find(bytes: Buffer, start: number, end: number): readonly Span[] {
    const scanner = this.#scanner;
    const first = bytes[start];
    let from = start;
    if (this.#isSettings || (this.#isManifest && first === HASH)) {
      const head = bytes.toString('latin1', start, Math.min(end, start + HEAD_CHARS));
      if (SOFTWARE.test(head)) return NONE;
      for (const [form, key] of KEYS) {
        const match = key.exec(head);
        if (match !== null && match[0].length < end - start)
          return [{ start: match[0].length, end: end - start, form }];
      }
      if (this.#isSettings) from += SETTING.exec(head)?.[0].length ?? 0;
    }
    scanner.scan(bytes, start, end, from);
    const columns = this.#columns;
    const isColumn = (first !== undefined && mayBeHeader(first)) || columns.wants(bytes, start, end);
    if (scanner.triggers === 0 && !isColumn) return settled([], scanner.spans);
    const line = bytes.toString('latin1', start, end);
    const told = this.#contexts.find(line, scanner.triggers);
    if (isColumn) told.push(...columns.read(line));
    return settled(told, scanner.spans);
  }
}
