import { COMMON_NAMES, TOOL_WORDS } from './known-words.ts';
import type { Kind } from './pseudonyms.ts';

/** Names kept; an input that has more of them is told so. */
const MOST_NAMES = 100_000;
const LONGEST_NAME = 253;
const SHORTEST_NAME = 3;
const HASHES = 1 << 16;
const NAME = /^[a-z_](?:[a-z0-9._-]*[a-z0-9])?$/;

/** Where a name learned stands. */
export interface NameMatch {
  readonly end: number;
  readonly kind: Kind;
}

/**
 * Names of hosts and users learned from where they stand as such, to be found wherever else they stand as a whole word.
 * Too short ones, numbers, and words of the tools are found in their own places only.
 */
export class LearnedNames {
  /** By the letters and digits they begin with, the longest first. */
  readonly #byStart = new Map<string, { readonly name: string; readonly kind: Kind }[]>();
  readonly #domains = new Set<string>();
  readonly #all = new Set<string>();
  readonly #marks = new Uint8Array(HASHES);
  /** Names that are words of the tools: replaced only where they stand as a name. */
  readonly ambiguous: Set<string> = new Set();
  overflow = false;

  get size(): number {
    return this.#all.size;
  }

  /** Learns a name as it was written. */
  add(kind: 'host' | 'user', written: string): void {
    const name = written.toLowerCase();
    if (this.#all.has(name) || COMMON_NAMES.has(name) || name.length > LONGEST_NAME || !NAME.test(name)) return;
    if (name.length < SHORTEST_NAME || TOOL_WORDS.has(name)) {
      if (this.ambiguous.size < MOST_NAMES) this.ambiguous.add(name);
      return;
    }
    if (this.#all.size >= MOST_NAMES) {
      this.overflow = true;
      return;
    }
    this.#all.add(name);
    const labels = name.split('.');
    if (kind === 'host' && labels.length > 2) this.#domains.add(labels.slice(-2).join('.'));
    if (kind === 'host' && labels.length === 2) this.#domains.add(name);
    const start = /[a-z0-9]+/.exec(name)![0];
    const named = this.#byStart.get(start) ?? [];
    named.push({ name, kind });
    named.sort((a, b) => b.name.length - a.name.length);
    this.#byStart.set(start, named);
    let hash = 0;
    for (let i = 0; i < start.length; i++) hash = nextHash(hash, start.charCodeAt(i));
    this.#marks[hash & (HASHES - 1)] = 1;
  }

  /** Learns the host from a file name as the collector and sosreport make them. */
  addFromFileName(name: string): void {
    const match = /^(?:lastack|sosreport)-(.+?)-(?:\d{8}T\d{6}Z|\d{4}-\d\d-\d\d-\w+)/.exec(name);
    if (match !== null) this.add('host', match[1]!);
  }

  /** Whether a name may begin with a word of this hash. */
  mayBegin(hash: number): boolean {
    return this.#marks[hash & (HASHES - 1)] === 1;
  }

  /** The longest name that stands as a whole word at `start`, where a word of letters and digits of this length begins. */
  at(line: string, start: number, length: number): NameMatch | null {
    const named = this.#byStart.get(line.slice(start, start + length).toLowerCase());
    if (named === undefined) return null;
    for (const { name, kind } of named) {
      const from = name.startsWith('_') ? start - 1 : start;
      const end = from + name.length;
      if (from >= 0 && line.slice(from, end).toLowerCase() === name && !isAlphanumeric(line.charCodeAt(end)))
        return { end, kind };
    }
    return null;
  }

  /** Whether the name lies in a domain of a host that was learned. */
  knowsDomain(lastTwoLabels: string): boolean {
    return this.#domains.has(lastTwoLabels);
  }
}

/** Hash of a word, letter by letter; `letter` in lower case. */
export function nextHash(hash: number, letter: number): number {
  return (Math.imul(hash, 31) + letter) | 0;
}

function isAlphanumeric(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}
