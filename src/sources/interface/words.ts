import { skipBlanks, tokenEnd } from '../../base/bytes.ts';

/** Most words of a line that are looked at: no tool prints more columns. */
const MOST_WORDS = 64;

/** The words of a line as positions, kept in one buffer that is reused. */
export class Words {
  count = 0;
  readonly #bounds: Int32Array<ArrayBuffer> = new Int32Array(MOST_WORDS * 2);

  /** Cuts `bytes[start, end)` at blanks. */
  cut(bytes: Uint8Array, start: number, end: number): void {
    let at = skipBlanks(bytes, start, end);
    this.count = 0;
    while (at < end && this.count < MOST_WORDS) {
      const stop = tokenEnd(bytes, at, end);
      this.#bounds[this.count * 2] = at;
      this.#bounds[this.count * 2 + 1] = stop;
      this.count++;
      at = skipBlanks(bytes, stop, end);
    }
  }

  /** Makes two words of one, the second from `at` on; not where the buffer is full. */
  split(index: number, at: number): void {
    if (this.count === MOST_WORDS) return;
    this.#bounds.copyWithin((index + 1) * 2, index * 2, this.count * 2);
    this.#bounds[index * 2 + 1] = at;
    this.#bounds[(index + 1) * 2] = at;
    this.count++;
  }

  start(index: number): number {
    return this.#bounds[index * 2]!;
  }

  end(index: number): number {
    return this.#bounds[index * 2 + 1]!;
  }

  /** The word as text; for headers and other short, rare words. */
  text(bytes: Uint8Array, index: number): string {
    return String.fromCharCode(...bytes.subarray(this.start(index), Math.min(this.end(index), this.start(index) + 64)));
  }
}
