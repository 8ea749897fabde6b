import { type Cipher, createCipheriv } from 'node:crypto';

const BLOCK_BYTES = 16;

/**
 * Crypto-PAn (Xu, Fan, Ammar, Moon 2002): two addresses that have their first k bits in common, and no more, have pseudonyms
 * that do. Whether a bit is flipped is the first bit of AES over the bits before it, filled up from a secret pad.
 * Here for up to 16 bytes, and with a mask of the bits that may be flipped at all.
 */
export class PrefixCipher {
  readonly #cipher: Cipher;
  readonly #pad: Buffer;

  /** `key`: 32 bytes, 16 for AES-128 and 16 the pad is made from. */
  constructor(key: Buffer) {
    this.#cipher = createCipheriv('aes-128-ecb', key.subarray(0, BLOCK_BYTES), null).setAutoPadding(false);
    this.#pad = this.#cipher.update(key.subarray(BLOCK_BYTES, 2 * BLOCK_BYTES));
  }

  /** The pseudonym of `address`. A 1 in `free` lets that bit change; whether it may must not hang on bits that are free. */
  encrypt(address: Uint8Array, free: Uint8Array): Uint8Array {
    const bits = address.length * 8;
    const blocks = this.#padded(bits);
    for (let bit = 0; bit < bits; bit++) this.#fill(blocks, bit * BLOCK_BYTES, address, bit);
    const coded = this.#cipher.update(blocks);
    const out = address.slice();
    for (let bit = 0; bit < bits; bit++) flip(out, free, bit, coded[bit * BLOCK_BYTES]! >> 7);
    return out;
  }

  /** The address whose pseudonym this is. */
  decrypt(pseudonym: Uint8Array, free: Uint8Array): Uint8Array {
    const out = pseudonym.slice();
    const block = this.#padded(1);
    for (let bit = 0; bit < out.length * 8; bit++) {
      this.#fill(block, 0, out, bit);
      flip(out, free, bit, this.#cipher.update(block)[0]! >> 7);
    }
    return out;
  }

  /** So many blocks that hold the pad. */
  #padded(blocks: number): Buffer {
    return Buffer.alloc(blocks * BLOCK_BYTES, this.#pad);
  }

  /** The first `bit` bits of the address, the others from the pad. */
  #fill(block: Buffer, at: number, address: Uint8Array, bit: number): void {
    const whole = bit >> 3;
    for (let i = 0; i < address.length; i++) block[at + i] = i < whole ? address[i]! : this.#pad[i]!;
    const mask = 0xff00 >> (bit & 7);
    block[at + whole] = (address[whole]! & mask & 0xff) | (this.#pad[whole]! & ~mask & 0xff);
  }
}

function flip(out: Uint8Array, free: Uint8Array, bit: number, coded: number): void {
  const place = 0x80 >> (bit & 7);
  if (coded === 1 && (free[bit >> 3]! & place) !== 0) out[bit >> 3]! ^= place;
}
