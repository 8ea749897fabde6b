import { printable } from './member-name.ts';

/** Entries told by name for each reason; the rest is told by number. */
const NAMED = 3;

/** Entries of a capture that are not read, by reason. A bundle may hold thousands of links: each reason stays a few notes. */
export class Refusals {
  readonly #note: (text: string) => void;
  readonly #counts = new Map<string, number>();

  constructor(note: (text: string) => void) {
    this.#note = note;
  }

  /** `reason` is one of a few constant phrases. */
  add(name: string, reason: string): void {
    const count = (this.#counts.get(reason) ?? 0) + 1;
    this.#counts.set(reason, count);
    if (count <= NAMED) this.#note(`entry "${printable(name)}" not read: ${reason}`);
  }

  /** Tells how many more there were of each. */
  finish(): void {
    for (const [reason, count] of this.#counts)
      if (count > NAMED) this.#note(`${count - NAMED} more not read: ${reason}`);
  }
}
