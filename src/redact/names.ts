import { createHmac } from 'node:crypto';
import { COMMON_NAMES, PRIVATE_SUFFIXES } from './known-words.ts';
import type { RedactionKey } from './redaction-key.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567';
/** Characters behind the first letter: 35 bits for names, of which there are few, 50 for values. */
const NAME_LENGTH = 7;
const VALUE_LENGTH = 10;

/**
 * Pseudonyms of names and values: keyed hashes, short enough for the columns of `ps`. Only the map leads back. The labels of
 * a host name are replaced one by one, so that `www1` and `www1.lab.example` are seen to be one host, and hosts of one
 * domain to be of one domain.
 */
export class NameCipher {
  readonly #names: Buffer;
  readonly #values: Buffer;

  constructor(key: RedactionKey) {
    this.#names = key.derive('names');
    this.#values = key.derive('values');
  }

  /** A user's name, or one label of a host's. Upper and lower case are one. */
  word(name: string): string {
    const lower = name.toLowerCase();
    return COMMON_NAMES.has(lower) ? name : `n${hash(this.#names, lower, NAME_LENGTH)}`;
  }

  /** A host's name. Its domain is one word, ending in `.invalid`, which no host's name does. */
  host(name: string): string {
    const labels = name.toLowerCase().split('.');
    const top = labels.at(-1)!;
    if (labels.length === 1 || labels[0]!.startsWith('localhost')) return this.word(name);
    const own = labels.slice(0, PRIVATE_SUFFIXES.has(top) && labels.length === 2 ? 1 : -2);
    const domain = labels.slice(own.length).join('.');
    const words = own.map((label) => (label === '*' || label === '' ? label : this.word(label)));
    return [...words, this.word(domain), 'invalid'].join('.');
  }

  /** A value of a query string or a cookie, a password. */
  value(value: string): string {
    return `x${hash(this.#values, value, VALUE_LENGTH)}`;
  }
}

function hash(key: Buffer, text: string, length: number): string {
  const bytes = createHmac('sha256', key).update(text, 'latin1').digest();
  let out = '';
  for (let i = 0; i < length; i++) out += LETTERS[bytes[i]! & 31];
  return out;
}
