/**
 * Who may open a case: DuckDB lets one process write to a file, or any number read it. Readers go before writers, which
 * come in small pieces.
 */
export class CaseLock {
  #readers = 0;
  #writing = false;
  readonly #waitingReaders: (() => void)[] = [];
  readonly #waitingWriters: (() => void)[] = [];

  /** Runs `body` while nobody writes. */
  async read<T>(body: () => Promise<T>): Promise<T> {
    if (this.#writing) await new Promise<void>((resolve) => void this.#waitingReaders.push(resolve));
    else this.#readers++;
    try {
      return await body();
    } finally {
      this.#readers--;
      this.#next();
    }
  }

  /** Runs `body` while nobody else has the case. */
  async write<T>(body: () => Promise<T>): Promise<T> {
    if (this.#writing || this.#readers > 0)
      await new Promise<void>((resolve) => void this.#waitingWriters.push(resolve));
    else this.#writing = true;
    try {
      return await body();
    } finally {
      this.#writing = false;
      this.#next();
    }
  }

  #next(): void {
    if (this.#writing) return;
    const readers = this.#waitingReaders.splice(0);
    this.#readers += readers.length;
    for (const start of readers) start();
    if (this.#readers > 0) return;
    const writer = this.#waitingWriters.shift();
    if (writer === undefined) return;
    this.#writing = true;
    writer();
  }
}
