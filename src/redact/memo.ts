/** Remembers the last so many answers; what was asked lately stays. */
export class Memo<T> {
  readonly #most: number;
  #young = new Map<string, T>();
  #old = new Map<string, T>();

  constructor(most: number) {
    this.#most = most;
  }

  get(key: string): T | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }

  set(key: string, value: T): void {
    if (this.#young.size >= this.#most) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    // A slice of a long text keeps all of it in memory: the key is made anew.
    this.#young.set(Buffer.from(key, 'latin1').toString('latin1'), value);
  }
}
