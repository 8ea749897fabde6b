import { hexDigit, indexOfByte } from './bytes.ts';

const COLON = 58;
const DOT = 46;
const ZERO = 48;
const HEX: Uint8Array = new TextEncoder().encode('0123456789abcdef');

/**
 * An IP address read from text, in the one spelling that joins across tools: dotted IPv4 (also for the v4-mapped
 * `::ffff:10.0.0.1`), IPv6 as RFC 5952 has it (lower case, longest run of zeros as `::`).
 * One object is reused for many addresses: after `read`, the spelling is `bytes[start, end)`, valid until the next
 * `read` and, for an IPv4 address, as long as the line is.
 */
export class Address {
  bytes: Uint8Array = new Uint8Array(0);
  start = 0;
  end = 0;
  /** 4 or 6: how it was written; a v4-mapped address stays 6. */
  family: 4 | 6 = 4;
  readonly #text: Uint8Array<ArrayBuffer> = new Uint8Array(48);
  readonly #groups: Int32Array<ArrayBuffer> = new Int32Array(8);

  /** Reads `source[start, end)`, without brackets, scope or port; false when it is no address. */
  read(source: Uint8Array, start: number, end: number): boolean {
    if (isIpv4(source, start, end)) {
      this.bytes = source;
      this.start = start;
      this.end = end;
      this.family = 4;
      return true;
    }
    if (end - start < 2 || end - start > 45 || indexOfByte(source, COLON, start, end) < 0) return false;
    if (!this.#readGroups(source, start, end)) return false;
    this.family = 6;
    this.bytes = this.#text;
    this.start = 0;
    this.end = this.#isMapped() ? this.#writeMapped() : this.#writeCompressed();
    return true;
  }

  #readGroups(source: Uint8Array, start: number, end: number): boolean {
    const groups = this.#groups;
    let count = 0;
    let gap = -1;
    let at = start;
    if (source[at] === COLON) {
      if (source[at + 1] !== COLON) return false;
      gap = 0;
      at += 2;
    }
    while (at < end) {
      if (count === 8) return false;
      let value = 0;
      let digits = 0;
      const from = at;
      while (at < end && source[at] !== COLON && source[at] !== DOT) {
        const digit = hexDigit(source[at]!);
        if (digit < 0 || ++digits > 4) return false;
        value = (value << 4) | digit;
        at++;
      }
      if (at < end && source[at] === DOT) {
        if (count > 6 || !isIpv4(source, from, end)) return false;
        const packed = packIpv4(source, from, end);
        groups[count++] = packed >>> 16;
        groups[count++] = packed & 0xffff;
        at = end;
        break;
      }
      if (digits === 0) return false;
      groups[count++] = value;
      if (at === end) break;
      at++;
      if (at === end) return false;
      if (source[at] === COLON) {
        if (gap >= 0) return false;
        gap = count;
        at++;
      }
    }
    if (gap < 0) return count === 8;
    if (count > 7) return false;
    const moved = count - gap;
    for (let i = 1; i <= moved; i++) groups[8 - i] = groups[count - i]!;
    for (let i = gap; i < 8 - moved; i++) groups[i] = 0;
    return true;
  }

  #isMapped(): boolean {
    const groups = this.#groups;
    for (let i = 0; i < 5; i++) if (groups[i] !== 0) return false;
    return groups[5] === 0xffff;
  }

  #writeMapped(): number {
    let at = 0;
    for (let i = 0; i < 4; i++) {
      const group = this.#groups[6 + (i >> 1)]!;
      const octet = i & 1 ? group & 0xff : group >> 8;
      if (i > 0) this.#text[at++] = DOT;
      if (octet > 99) this.#text[at++] = ZERO + Math.floor(octet / 100);
      if (octet > 9) this.#text[at++] = ZERO + (Math.floor(octet / 10) % 10);
      this.#text[at++] = ZERO + (octet % 10);
    }
    return at;
  }

  #writeCompressed(): number {
    const groups = this.#groups;
    const text = this.#text;
    let gap = -1;
    let gapLength = 1;
    for (let i = 0; i < 8; i++) {
      let length = 0;
      while (i + length < 8 && groups[i + length] === 0) length++;
      if (length > gapLength) {
        gap = i;
        gapLength = length;
      }
      i += length;
    }
    let at = 0;
    for (let i = 0; i < 8; i++) {
      if (i === gap) {
        text[at++] = COLON;
        if (i === 0) text[at++] = COLON;
        i += gapLength - 1;
        continue;
      }
      const group = groups[i]!;
      if (group > 0xfff) text[at++] = HEX[group >> 12]!;
      if (group > 0xff) text[at++] = HEX[(group >> 8) & 15]!;
      if (group > 0xf) text[at++] = HEX[(group >> 4) & 15]!;
      text[at++] = HEX[group & 15]!;
      if (i < 7) text[at++] = COLON;
    }
    return at;
  }
}

/** Whether `bytes[start, end)` is a dotted IPv4 address, four numbers of at most 255 without leading zeros. */
function isIpv4(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < 7 || end - start > 15) return false;
  let dots = 0;
  let value = -1;
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    if (byte === DOT) {
      if (value < 0 || ++dots > 3) return false;
      value = -1;
      continue;
    }
    const digit = byte - ZERO;
    if (digit < 0 || digit > 9 || value === 0) return false;
    value = value < 0 ? digit : value * 10 + digit;
    if (value > 255) return false;
  }
  return dots === 3 && value >= 0;
}

function packIpv4(bytes: Uint8Array, start: number, end: number): number {
  let packed = 0;
  let octet = 0;
  for (let i = start; i < end; i++) {
    if (bytes[i] === DOT) {
      packed = (packed << 8) | octet;
      octet = 0;
    } else {
      octet = octet * 10 + bytes[i]! - ZERO;
    }
  }
  return ((packed << 8) | octet) >>> 0;
}
