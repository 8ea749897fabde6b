import type { Limits } from './limits.ts';

/** A capture that asks for more than its limits give. */
export class LimitError extends Error {}

/**
 * Bytes of one archive before and after decompression. Whatever is packed inside a member counts here as well, so that a bomb
 * in a bomb is one bomb.
 */
export class ByteBudget {
  readonly #limits: Limits;
  #packed = 0;
  #unpacked = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** Counts bytes as they lie on disk. */
  addPacked(bytes: number): void {
    this.#packed += bytes;
  }

  /** Counts bytes that came out of a decompressor, or out of a file that needs none. Throws a LimitError. */
  addUnpacked(bytes: number): void {
    const { totalBytes, ratio, ratioFromBytes } = this.#limits;
    this.#unpacked += bytes;
    if (this.#unpacked > totalBytes) throw new LimitError(`more than ${totalBytes} bytes after decompression`);
    if (this.#unpacked > ratioFromBytes && this.#unpacked > this.#packed * ratio)
      throw new LimitError(`decompresses to more than ${ratio} times its size`);
  }
}
