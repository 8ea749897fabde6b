/** Lets a number of callers in at a time; the others wait in the order they came. */
export class Gate {
  readonly #places: number;
  #inside = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(places: number) {
    this.#places = places;
  }

  async run<T>(body: () => Promise<T>): Promise<T> {
    if (this.#inside >= this.#places) await new Promise<void>((resolve) => void this.#waiting.push(resolve));
    else this.#inside++;
    try {
      return await body();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#inside--;
      else next();
    }
  }
}
