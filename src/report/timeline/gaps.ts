import type { Span } from './draw.ts';

/** A distance of samples beyond this many intervals is a gap. */
const GAP = 2.2;

/** Median distance of the times; 0 for fewer than two. */
export function medianDistance(at: readonly number[]): number {
  const distances = at.slice(1).map((time, i) => time - at[i]!);
  return distances.toSorted((a, b) => a - b)[Math.floor(distances.length / 2)] ?? 0;
}

/**
 * Times within `span` that no known value speaks for. A value holds from half an interval before its time to half an
 * interval after it (`point`), or for the whole interval that ends or begins there.
 */
export function gapsOf(
  at: readonly number[],
  value: readonly (number | null)[],
  span: Span,
  holds: 'point' | 'before' | 'after' = 'point',
): readonly Span[] {
  const known = at.filter((_, i) => value[i] !== null);
  const interval = medianDistance(at);
  if (known.length === 0) return [span];
  const early = holds === 'before' ? interval : holds === 'point' ? interval / 2 : 0;
  const late = interval - early;
  const gaps: Span[] = [];
  const gap = (from: number, to: number): void => {
    if (to - from > interval * 0.2) gaps.push({ from, to });
  };
  if (known[0]! - span.from > interval * (GAP - 1)) gap(span.from, known[0]! - early);
  for (let i = 1; i < known.length; i++) {
    const before = known[i - 1]!;
    const after = known[i]!;
    if (after - before > interval * GAP || (after - before > interval * 1.5 && hasNull(at, value, before, after))) {
      gap(before + late, after - early);
    }
  }
  if (span.to - known.at(-1)! > interval * (GAP - 1)) gap(known.at(-1)! + late, span.to);
  return gaps;
}

function hasNull(at: readonly number[], value: readonly (number | null)[], from: number, to: number): boolean {
  return at.some((time, i) => time > from && time < to && value[i] === null);
}
