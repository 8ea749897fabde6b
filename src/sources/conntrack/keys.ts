import { ascii, equals } from '../../base/bytes.ts';

const KEYS: readonly Uint8Array[] = 'src dst sport dport packets bytes mark zone id use'.split(' ').map(ascii);
export const SRC = 0;
export const DST = 1;
export const SPORT = 2;
export const DPORT = 3;
export const BYTES = 5;
export const MARK = 6;
export const ZONE = 7;
export const ID = 8;
export const USE = 9;

const MINUS = 45;
const ZERO = 48;
const NINE = 57;

/** Index of the key with this first byte and length: no two keys share both. */
const KEY_BY_SHAPE: Int8Array = new Int8Array(1024).fill(-1);
for (const [index, key] of KEYS.entries()) KEY_BY_SHAPE[shapeOf(key[0]!, key.length)] = index;

/** The key `bytes[start, end)` is, or -1. */
export function keyOf(bytes: Uint8Array, start: number, end: number): number {
  const key = KEY_BY_SHAPE[shapeOf(bytes[start]!, end - start)]!;
  return key >= 0 && equals(bytes, start, end, KEYS[key]!) ? key : -1;
}

/** A protocol is lower-case: `tcp`, `icmpv6`, `unknown`. */
export function isProtocol(bytes: Uint8Array, start: number, end: number): boolean {
  if (start >= end) return false;
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    if (!((byte >= 97 && byte <= 122) || byte === MINUS || isDigit(byte))) return false;
  }
  return true;
}

/** A state is upper-case and stands before the first key or flag: `ESTABLISHED`, `SYN_SENT2`. */
export function isState(bytes: Uint8Array, start: number, end: number): boolean {
  if (start >= end) return false;
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    if (!((byte >= 65 && byte <= 90) || byte === 95 || (i > start && isDigit(byte)))) return false;
  }
  return true;
}

export function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE;
}

function shapeOf(first: number, length: number): number {
  return ((first & 127) << 3) | (length & 7);
}
