import type { Entry, Recogniser } from './entry.ts';
import type { Part } from './plan.ts';

type Parts = ReadonlyMap<string, readonly Part[]>;

interface Candidate {
  readonly part: Part;
  readonly path: string;
  readonly rank: number;
  /** What of the fact it tells, a letter each; null when it is one of several parts of a whole. */
  readonly tells: string | null;
  readonly isLesser: boolean;
  readonly bytes: number;
}

/**
 * In one sample a fact is read once: from its best source, and there from the outputs that tell the most. Empty files
 * are no choice: another may have something to say.
 */
export function settleFacts(parts: Parts, entries: readonly Entry[], recogniser: Recogniser): Parts {
  const files = new Map(entries.map((entry) => [entry.path, entry]));
  const byFact = new Map<string, Candidate[]>();
  for (const [path, list] of parts) {
    const file = files.get(path);
    const sight = list.length === 1 && file !== undefined ? `${file.head}\n${file.tail}` : '';
    for (const part of list) {
      const fact = part.source === null || part.passed !== null ? null : recogniser.fact(part.source);
      const bytes = file?.bytes ?? 0;
      if (fact === null || bytes === 0) continue;
      const name = part.command ?? path;
      const tells = fact.tells?.(name, sight) ?? null;
      const candidate = { part, path, rank: fact.rank, tells, isLesser: fact.lesser?.test(name) === true, bytes };
      const key = `${part.sample} ${fact.name}`;
      const known = byFact.get(key);
      if (known === undefined) byFact.set(key, [candidate]);
      else known.push(candidate);
    }
  }
  const passed = new Map<Part, string>();
  for (const candidates of byFact.values()) choose(candidates, passed);
  if (passed.size === 0) return parts;
  const settle = (part: Part): Part => ({ ...part, passed: passed.get(part) ?? part.passed });
  return new Map([...parts].map(([path, list]) => [path, list.map(settle)]));
}

function choose(candidates: readonly Candidate[], passed: Map<Part, string>): void {
  const rank = Math.min(...candidates.map((candidate) => candidate.rank));
  const best = candidates.find((candidate) => candidate.rank === rank)!.part.source!;
  const told = new Map<string, string>();
  for (const { part, path, tells } of candidates.toSorted(richestFirst)) {
    if (part.source !== best) {
      passed.set(part, `same facts as ${best}`);
      continue;
    }
    if (tells === null) continue;
    const before = tells.split('').map((letter) => told.get(letter));
    if (before.every((other) => other !== undefined)) passed.set(part, `same facts as ${before[0]}`);
    else for (const letter of tells) if (!told.has(letter)) told.set(letter, part.command ?? path);
  }
}

function richestFirst(a: Candidate, b: Candidate): number {
  return (
    Number(a.isLesser) - Number(b.isLesser) ||
    (b.tells?.length ?? 0) - (a.tells?.length ?? 0) ||
    b.bytes - a.bytes ||
    (a.path < b.path ? -1 : Number(a.path > b.path)) ||
    a.part.firstLine - b.part.firstLine
  );
}
