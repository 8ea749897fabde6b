const LEAST_BYTES = 4096;
/** Larger ones, of a flood of long texts, are not kept. */
const MOST_BYTES = 8 * 2 ** 20;

/** Buffers that are used again: fresh ones cost page faults, and every one counts towards the next garbage collection. */
export class BufferPool {
  readonly #most: number;
  readonly #free = new Map<number, ArrayBuffer[]>();

  /** Keeps at most so many free buffers of a size. */
  constructor(most: number) {
    this.#most = most;
  }

  /** A buffer of at least so many bytes, whatever is in them. */
  take(bytes: number): ArrayBuffer {
    let size = LEAST_BYTES;
    while (size < bytes) size *= 2;
    return this.#free.get(size)?.pop() ?? new ArrayBuffer(size);
  }

  /** Takes a buffer back that nobody uses any more. */
  give(buffer: ArrayBuffer): void {
    if (buffer.byteLength > MOST_BYTES) return;
    const free = this.#free.get(buffer.byteLength);
    if (free === undefined) this.#free.set(buffer.byteLength, [buffer]);
    else if (free.length < this.#most) free.push(buffer);
  }
}
