import { call } from '../../src/analysis/comparison/call.ts';
import { judgeSeries } from '../../src/analysis/comparison/judge-series.ts';
import { level } from '../../src/analysis/comparison/side-series.ts';
import type { SeriesMaker } from './kinds.ts';

/** What became of many pairs of one cell; shares of the pairs. */
export interface Cell {
  readonly maker: SeriesMaker;
  readonly n: number;
  readonly pairs: number;
  /** Called better, worse or changed although nothing was done. */
  readonly called: number;
  readonly inconclusive: number;
  readonly unchanged: number;
  /** Of pairs with a planted shift of one standard deviation, those called; null where none is planted. */
  readonly found: number | null;
  /** Independent samples a side; null where no theory says. */
  readonly effective: number | null;
}

/** Independent samples a side from which a shift of one standard deviation can be found: the blocks, twice as long, must be eight. */
export const ENOUGH = 32;
const NO_THRESHOLD = { direction: 'down', role: 'primary' } as const;

/** Judges pairs of two runs of one sort by the functions that judge real ones, without a practical threshold to hide behind. */
export function measureCell(maker: SeriesMaker, n: number, pairs: number, seed: number): Cell {
  const counts = { called: 0, silent: 0, unchanged: 0, found: 0 };
  for (let pair = 0; pair < pairs; pair++) {
    const own = (seed + pair) * 1000 + n * 7;
    const before = maker.make(n, 0, own);
    const verdict = verdictOf(before, maker.make(n, 0, own + 500));
    if (verdict === 'inconclusive' || verdict === 'candidate') counts.silent++;
    else if (verdict === 'unchanged') counts.unchanged++;
    else counts.called++;
    if (maker.time !== null && verdictOf(before, maker.make(n, 1, own + 500)) === 'worse') counts.found++;
  }
  return {
    maker,
    n,
    pairs,
    called: counts.called / pairs,
    inconclusive: counts.silent / pairs,
    unchanged: counts.unchanged / pairs,
    found: maker.time === null ? null : counts.found / pairs,
    effective: maker.time === null ? null : n / maker.time,
  };

  function verdictOf(before: ReturnType<SeriesMaker['make']>, after: ReturnType<SeriesMaker['make']>) {
    const judged = judgeSeries([before], [after], { kind: maker.kind, seed: 1 });
    return call(judged, NO_THRESHOLD, level(after) - level(before), 0, null);
  }
}
