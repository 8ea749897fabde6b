import { parse } from 'tldts-icann';
import { PRIVATE_SUFFIXES } from './known-words.ts';
import type { LearnedNames } from './learned-names.ts';
import { Memo } from './memo.ts';

const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/i;
const TOP_LABEL = /^(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/i;
/** Ends of names that are ends of file names as well. */
const FILE_ENDS = new Set('sh pl py so rs md ps zip mov do cc st as in app'.split(' '));
const REMEMBERED = 50_000;

/** Tells names of hosts from other words with dots in them. */
export class HostNames {
  readonly #learned: LearnedNames;
  readonly #memo = new Memo<boolean>(REMEMBERED);

  constructor(learned: LearnedNames) {
    this.#learned = learned;
  }

  /** Whether a word with a dot in it is a host's name by its looks. `inPath`: it stands behind a single slash. */
  isHost(word: string, inPath: boolean): boolean {
    if (inPath && isFileName(word)) return false;
    let known = this.#memo.get(word);
    if (known === undefined) {
      known = this.#judge(word);
      this.#memo.set(word, known);
    }
    return known;
  }

  #judge(word: string): boolean {
    if (word.length > 253) return false;
    const labels = word.toLowerCase().split('.');
    const top = labels.at(-1)!;
    if (labels.length < 2 || !TOP_LABEL.test(top) || !labels.every((label) => LABEL.test(label))) return false;
    if (PRIVATE_SUFFIXES.has(top) || this.#learned.knowsDomain(labels.slice(-2).join('.'))) return true;
    const { isIcann, domain } = parse(word);
    return isIcann === true && domain !== null;
  }
}

function isFileName(word: string): boolean {
  const dot = word.indexOf('.');
  return dot === word.lastIndexOf('.') && FILE_ENDS.has(word.slice(dot + 1).toLowerCase());
}
