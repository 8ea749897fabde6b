import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { Scored } from './score.ts';

/** Scored runs, one JSON object a line, so that a long draw can be made in pieces. */
export class Results {
  readonly #path: string | null;
  readonly #all = new Map<string, Scored>();

  /** Reads what is there; null keeps nothing. */
  constructor(path: string | null) {
    this.#path = path;
    if (path === null || !existsSync(path)) return;
    for (const line of readFileSync(path, 'utf8').split('\n')) if (line !== '') this.#put(JSON.parse(line) as Scored);
  }

  has(kind: string | null, index: number): boolean {
    return this.#all.has(`${kind ?? ''} ${index}`);
  }

  add(scored: readonly Scored[]): void {
    for (const one of scored) this.#put(one);
    if (this.#path !== null) appendFileSync(this.#path, scored.map((one) => `${JSON.stringify(one)}\n`).join(''));
  }

  /** By kind and number, quiet ones first. */
  list(): Scored[] {
    const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
    return [...this.#all.values()].sort(
      (a, b) => compare(a.plan.kind ?? '', b.plan.kind ?? '') || a.plan.index - b.plan.index,
    );
  }

  #put(one: Scored): void {
    this.#all.set(`${one.plan.kind ?? ''} ${one.plan.index}`, one);
  }
}
