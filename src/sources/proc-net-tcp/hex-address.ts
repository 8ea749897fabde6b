import { Address } from '../../base/address.ts';
import { ascii, hexadecimal, hexDigit } from '../../base/bytes.ts';
import type { NumberColumn, TextColumn } from '../../base/table-builder.ts';

const COLON = 58;
const IPV4_DIGITS = 8;
const IPV6_DIGITS = 32;
const DOT = 46;
const ZERO = 48;
const HEX: Uint8Array = ascii('0123456789abcdef');

/**
 * Reads `0100007F:1F90`: an address in words of four bytes, each in the byte order of the host, taken as little-endian;
 * the port is a plain number, 0 when there is none.
 */
export class HexAddress {
  /** Family of the last address. */
  family: 4 | 6 = 4;
  readonly #address: Address = new Address();
  readonly #octets: Uint8Array<ArrayBuffer> = new Uint8Array(IPV6_DIGITS / 2);
  readonly #text: Uint8Array<ArrayBuffer> = new Uint8Array(48);

  /** Sets the columns from `bytes[start, end)`; returns why it could not, or null. */
  read(bytes: Uint8Array, start: number, end: number, address: TextColumn, port: NumberColumn): string | null {
    const digits = bytes[start + IPV4_DIGITS] === COLON ? IPV4_DIGITS : IPV6_DIGITS;
    const colon = start + digits;
    if (colon >= end || bytes[colon] !== COLON) return 'not an address';
    const number = end - colon - 1 > 4 ? -1 : hexadecimal(bytes, colon + 1, end);
    if (number < 0) return 'port is not a number';
    if (!this.#readOctets(bytes, start, digits / 2)) return 'not an address';
    this.family = digits === IPV4_DIGITS ? 4 : 6;
    const length = this.family === 4 ? this.#spellIpv4() : this.#spellIpv6();
    const spelled = this.#address;
    if (!spelled.read(this.#text, 0, length)) return 'not an address';
    address.setBytes(spelled.bytes, spelled.start, spelled.end);
    if (number > 0) port.set(number);
    return null;
  }

  /** Octets in network order: each word turned round. */
  #readOctets(bytes: Uint8Array, start: number, count: number): boolean {
    for (let octet = 0; octet < count; octet++) {
      const at = start + octet * 2;
      const high = hexDigit(bytes[at]!);
      const low = hexDigit(bytes[at + 1]!);
      if (high < 0 || low < 0) return false;
      this.#octets[octet ^ 3] = high * 16 + low;
    }
    return true;
  }

  #spellIpv4(): number {
    let at = 0;
    for (let i = 0; i < 4; i++) {
      const octet = this.#octets[i]!;
      if (i > 0) this.#text[at++] = DOT;
      if (octet > 99) this.#text[at++] = ZERO + Math.floor(octet / 100);
      if (octet > 9) this.#text[at++] = ZERO + (Math.floor(octet / 10) % 10);
      this.#text[at++] = ZERO + (octet % 10);
    }
    return at;
  }

  /** All eight groups in full. */
  #spellIpv6(): number {
    let at = 0;
    for (const [i, octet] of this.#octets.entries()) {
      if (i > 0 && i % 2 === 0) this.#text[at++] = COLON;
      this.#text[at++] = HEX[octet >> 4]!;
      this.#text[at++] = HEX[octet & 15]!;
    }
    return at;
  }
}
