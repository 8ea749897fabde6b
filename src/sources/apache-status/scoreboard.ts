import type { TableBuilder } from '../../base/table-builder.ts';

/** What each letter of a scoreboard counts. */
const LETTERS: ReadonlyMap<number, string> = new Map(
  Object.entries({
    _: 'waiting',
    S: 'starting',
    R: 'reading',
    W: 'sending',
    K: 'keepalive',
    D: 'dns',
    C: 'closing',
    L: 'logging',
    G: 'graceful',
    I: 'idle_cleanup',
    '.': 'open_slots',
  }).map(([letter, name]) => [letter.charCodeAt(0), name]),
);
/** Slots that are kept: Apache allows 20000 processes of as many threads, nobody runs them. */
const MOST_SLOTS = 1_000_000;

/** The scoreboard of one answer; it may come on several lines. */
export class Scoreboard {
  #letters = new Uint8Array(1024);
  #length = 0;
  #seen = false;

  /** Adds a line; false when it holds anything but scoreboard letters. */
  add(bytes: Uint8Array, start: number, end: number): boolean {
    for (let i = start; i < end; i++) if (!LETTERS.has(bytes[i]!)) return false;
    const length = this.#length + end - start;
    if (length > MOST_SLOTS) return false;
    if (length > this.#letters.length) {
      const grown = new Uint8Array(Math.max(length, this.#letters.length * 2));
      grown.set(this.#letters.subarray(0, this.#length));
      this.#letters = grown;
    }
    this.#letters.set(bytes.subarray(start, end), this.#length);
    this.#length = length;
    this.#seen = true;
    return true;
  }

  /** Sets the scoreboard columns of the current row, when there was one. */
  write(table: TableBuilder): void {
    if (!this.#seen) return;
    const counts = new Map<number, number>();
    for (let i = 0; i < this.#length; i++) counts.set(this.#letters[i]!, (counts.get(this.#letters[i]!) ?? 0) + 1);
    for (const [letter, name] of LETTERS) table.number(name).set(counts.get(letter) ?? 0);
    table.text('scoreboard').setBytes(this.#letters, 0, this.#length);
  }
}
