import type { Kind } from './kinds.ts';

/** What became of many pairs of one kind and length; shares of the pairs. */
export interface Cell {
  readonly name: string;
  readonly n: number;
  readonly pairs: number;
  /** Called better, worse or changed although nothing was done. */
  readonly called: number;
  readonly inconclusive: number;
  readonly unchanged: number;
  /** Of the pairs that have an interval, those whose interval leaves out that nothing was done; null without any. */
  readonly missed: number | null;
  /** Of pairs with something planted, those called worse; null where nothing is planted. */
  readonly found: number | null;
}

/** Judges pairs without and with what is planted. The same seed gives the same cell. */
export function measureCell(kind: Kind, n: number, pairs: number, seed: number): Cell {
  const counts = { called: 0, silent: 0, unchanged: 0, found: 0, intervals: 0, missed: 0 };
  for (let pair = 0; pair < pairs; pair++) {
    const own = (seed + pair) * 1000 + n * 7;
    const { verdict, interval } = kind.judge(n, false, own);
    if (verdict === 'inconclusive' || verdict === 'candidate') counts.silent++;
    else if (verdict === 'unchanged') counts.unchanged++;
    else counts.called++;
    if (interval !== null) counts.intervals++;
    if (interval !== null && (interval[0] > 0 || interval[1] < 0)) counts.missed++;
    if (kind.planted !== null && kind.judge(n, true, own).verdict === 'worse') counts.found++;
  }
  return {
    name: kind.name,
    n,
    pairs,
    called: counts.called / pairs,
    inconclusive: counts.silent / pairs,
    unchanged: counts.unchanged / pairs,
    missed: counts.intervals === 0 ? null : counts.missed / counts.intervals,
    found: kind.planted === null ? null : counts.found / pairs,
  };
}
