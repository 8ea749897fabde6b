import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ascii } from '../../src/base/bytes.ts';
import { HashDictionary } from '../../src/base/hash-dictionary.ts';
import { seededRandom } from '../support/random.ts';

function entry(dictionary: HashDictionary, code: number): string {
  return new TextDecoder().decode(dictionary.bytes.subarray(dictionary.offsets[code], dictionary.offsets[code + 1]));
}

function fill(dictionary: HashDictionary, count: number): void {
  const random = seededRandom(count);
  const codes = new Map<string, number>();
  for (let round = 0; round < count; round++) {
    const text = `10.${random(4)}.${random(256)}.${random(64)}`.slice(0, 1 + random(14));
    const bytes = ascii(`<${text}>`);
    const code = dictionary.code(bytes, 1, bytes.length - 1);
    assert.equal(code, codes.get(text) ?? codes.size, text);
    codes.set(text, code);
  }
  assert.equal(dictionary.size, codes.size);
  for (const [text, code] of codes) assert.equal(entry(dictionary, code), text);
}

describe('HashDictionary', () => {
  it('gives each text one code, dense and in order of first sight, while it grows', () => {
    const dictionary = new HashDictionary();
    fill(dictionary, 60_000);
    assert.ok(dictionary.size > 10_000, 'too few distinct texts to make it grow');
  });

  it('is as good as new after a reset', () => {
    const dictionary = new HashDictionary();
    dictionary.codeOfText('tcp');
    dictionary.reset();
    fill(dictionary, 20_000);
    dictionary.reset();
    fill(dictionary, 20_000);
    assert.equal(dictionary.codeOfText('tcp'), dictionary.size - 1);
  });

  it('knows a text of ours and the same bytes as one', () => {
    const dictionary = new HashDictionary();
    const first = dictionary.codeOfText('tcp');
    assert.equal(dictionary.code(ascii('tcp'), 0, 3), first);
    assert.equal(dictionary.codeOfText('udp'), first + 1);
    assert.equal(dictionary.codeOfText('tcp'), first);
    assert.equal(dictionary.code(new Uint8Array(0), 0, 0), first + 2);
    assert.equal(dictionary.codeOfText(''), first + 2);
  });
});
