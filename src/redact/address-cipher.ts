import { type AddressClass, classOf } from './address-class.ts';
import { PrefixCipher } from './prefix-cipher.ts';
import type { RedactionKey } from './redaction-key.ts';

type Direction = 'encrypt' | 'decrypt';

const MAC_BROADCAST = 0xff;
/** Link addresses are coded in pieces of so many bytes; those of InfiniBand have twenty. */
const LINK_BYTES = 8;

/** Pseudonyms of IP and MAC addresses: prefixes and classes are kept, and the key alone leads back. */
export class AddressCipher {
  readonly #v4: PrefixCipher;
  readonly #v6: PrefixCipher;
  readonly #mac: PrefixCipher;

  constructor(key: RedactionKey) {
    this.#v4 = new PrefixCipher(key.derive('IPv4'));
    this.#v6 = new PrefixCipher(key.derive('IPv6'));
    this.#mac = new PrefixCipher(key.derive('MAC'));
  }

  /** The pseudonym of 4 or 16 bytes, or with `decrypt` what was behind it. */
  ip(address: Uint8Array, direction: Direction = 'encrypt'): Uint8Array {
    const own = classOf(address);
    if (own.id === 'mapped' || own.id === 'translated') {
      const inner = this.ip(address.slice(12), direction);
      return Uint8Array.from([...address.subarray(0, 12), ...inner]);
    }
    if (own.kept === address.length * 8) return address;
    // A public address may fall among those of another class: it is coded again until it is public. Whole prefixes go
    // that way together, so that what they have in common stays.
    let out = address;
    do out = this.#once(out, own, direction);
    while (classOf(out) !== own);
    return out;
  }

  /** The pseudonym of the network with so many bits; the bits behind them stay. */
  network(address: Uint8Array, bits: number, direction: Direction = 'encrypt'): Uint8Array {
    const out = this.ip(address, direction).slice();
    for (let bit = bits; bit < address.length * 8; bit++) {
      const place = 0x80 >> (bit & 7);
      out[bit >> 3] = (out[bit >> 3]! & ~place) | (address[bit >> 3]! & place);
    }
    return out;
  }

  /** The pseudonym of a MAC address, or of a longer link address: its first two flags stay, as do zeros and the broadcast. */
  mac(address: Uint8Array, direction: Direction = 'encrypt'): Uint8Array {
    if (address.every((byte) => byte === 0) || address.every((byte) => byte === MAC_BROADCAST)) return address;
    const pieces: number[] = [];
    for (let at = 0; at < address.length; at += LINK_BYTES) {
      const piece = address.slice(at, at + LINK_BYTES);
      const free = new Uint8Array(piece.length).fill(0xff);
      if (at === 0) free[0] = 0xfc;
      pieces.push(...this.#mac[direction](piece, free));
    }
    return Uint8Array.from(pieces);
  }

  #once(address: Uint8Array, { kept }: AddressClass, direction: Direction): Uint8Array {
    const free = address.length === 4 ? new Uint8Array(4).fill(0xff) : behindFirstOnes(address);
    for (let bit = 0; bit < kept; bit++) free[bit >> 3]! &= ~(0x80 >> (bit & 7));
    return (address.length === 4 ? this.#v4 : this.#v6)[direction](address, free);
  }
}

/**
 * In each group of an IPv6 address the bits behind the first 1: then a group stays as long as it was, zeros stay zeros, and
 * the pseudonym is as wide as the address. Tools cut what is wider than their column.
 */
function behindFirstOnes(address: Uint8Array): Uint8Array {
  const free = new Uint8Array(16);
  for (let i = 0; i < 16; i += 2) {
    const group = (address[i]! << 8) | address[i + 1]!;
    const mask = group === 0 ? 0 : (1 << (31 - Math.clz32(group))) - 1;
    free[i] = mask >> 8;
    free[i + 1] = mask & 0xff;
  }
  return free;
}
