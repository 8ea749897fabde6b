import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  ascii,
  decimal,
  decimal32,
  decimalFraction,
  equals,
  hexadecimal,
  indexOfBytes,
  lastIndexOfByte,
  signedDecimal,
  skipBlanks,
  tokenEnd,
  trimmedEnd,
} from '../../src/base/bytes.ts';

type Reader = (bytes: Uint8Array, start: number, end: number) => number;

/** Reads a text in the middle of other digits: what lies beside it must not count. */
function within(reader: Reader, text: string): number {
  const bytes = ascii(`9${text}9`);
  return reader(bytes, 1, bytes.length - 1);
}

describe('numbers from bytes', () => {
  const CASES: readonly (readonly [string, Reader, string, number])[] = [
    ['decimal', decimal, '0', 0],
    ['decimal', decimal, '4294967295', 4_294_967_295],
    ['decimal', decimal, '9007199254740993', 9_007_199_254_740_992],
    ['decimal', decimal, '18446744073709551615', -1],
    ['decimal', decimal, '', -1],
    ['decimal', decimal, '-1', -1],
    ['decimal', decimal, '12a', -1],
    ['decimal32', decimal32, '2147483647', 2_147_483_647],
    ['decimal32', decimal32, '2147483648', -1],
    ['signedDecimal', signedDecimal, '-1', -1],
    ['signedDecimal', signedDecimal, '-', Number.NaN],
    ['signedDecimal', signedDecimal, '1e3', Number.NaN],
    ['decimalFraction', decimalFraction, '204', 204],
    ['decimalFraction', decimalFraction, '9.931', 9.931],
    ['decimalFraction', decimalFraction, '0.002', 0.002],
    ['decimalFraction', decimalFraction, '1.2.3', -1],
    ['decimalFraction', decimalFraction, '.', -1],
    ['hexadecimal', hexadecimal, '00001F4a', 0x1f4a],
    ['hexadecimal', hexadecimal, 'ffffffffffffffff', -1],
    ['hexadecimal', hexadecimal, '0x1', -1],
  ];
  for (const [name, reader, text, value] of CASES) {
    it(`${name} of "${text}"`, () => assert.equal(within(reader, text), value));
  }
});

describe('places in bytes', () => {
  const line = ascii('  tcp 6\t[x]:80 ');

  it('finds tokens between blanks', () => {
    const start = skipBlanks(line, 0, line.length);
    const stop = tokenEnd(line, start, line.length);
    assert.deepEqual([start, stop], [2, 5]);
    assert.ok(equals(line, start, stop, ascii('tcp')));
    assert.equal(skipBlanks(line, line.length - 1, line.length), line.length);
    assert.equal(trimmedEnd(line, 0, line.length), line.length - 1);
  });

  it('finds bytes and sequences inside the range only', () => {
    assert.equal(lastIndexOfByte(line, 58, 0, line.length), 11);
    assert.equal(lastIndexOfByte(line, 58, 0, 11), -1);
    assert.equal(indexOfBytes(line, ascii(']:80'), 0, line.length), 10);
    assert.equal(indexOfBytes(line, ascii(']:80'), 0, 13), -1);
  });
});
