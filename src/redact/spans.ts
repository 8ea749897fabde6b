import type { Kind } from './pseudonyms.ts';

/** A kind, or an address in a spelling of its own: as `/proc/net/tcp` prints it, as `/proc/net/if_inet6` does, cut by netstat. */
export type Form = Kind | 'hex' | 'bare-hex' | 'cut';

/** A piece of a line that is to be replaced; positions are those in the line's text. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly form: Form;
  /** How long the pseudonym must be, at least and at most, where a column has a width that means something. */
  readonly width?: readonly [number, number];
}

/**
 * One list, in order and without overlaps. What was told by its surroundings goes before what only looks like something, and a
 * longer one before a shorter one that begins with it.
 */
export function settled(told: Span[], seen: Span[]): readonly Span[] {
  const first = inOrder(told);
  const second = inOrder(seen);
  if (first.length === 0) return second;
  const all: Span[] = [];
  let next = 0;
  for (const span of second) {
    while (next < first.length && first[next]!.end <= span.start) all.push(first[next++]!);
    if (next === first.length || span.end <= first[next]!.start) all.push(span);
  }
  while (next < first.length) all.push(first[next++]!);
  return all;
}

function inOrder(spans: Span[]): readonly Span[] {
  if (isInOrder(spans)) return spans;
  let end = 0;
  const kept: Span[] = [];
  for (const span of spans.sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (span.start < end) continue;
    kept.push(span);
    end = span.end;
  }
  return kept;
}

function isInOrder(spans: readonly Span[]): boolean {
  for (let i = 1; i < spans.length; i++) if (spans[i]!.start < spans[i - 1]!.end) return false;
  return true;
}
