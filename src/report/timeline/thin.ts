import type { Series } from '../../analysis/document.ts';
import type { Span } from './draw.ts';

/** Columns that a drawing can show; two samples are kept for each. */
const COLUMNS = 360;

/**
 * The series with at most two times a column and series: where one of them is lowest and where it is highest, so that no
 * peak is lost. All keep the same times, since parts of one whole are stacked. Short series stay as they are.
 */
export function thin(series: readonly Series[], span: Span, columns: number = COLUMNS): readonly Series[] {
  if (series.every((one) => one.at.length <= columns * 2)) return series;
  const width = Math.max((span.to - span.from) / columns, 1);
  const kept = new Set(series.flatMap((one) => extremes(one, span.from, width)));
  return series.map((one) => {
    const chosen = one.at.map((_, i) => i).filter((i) => kept.has(one.at[i]!));
    return { ...one, at: chosen.map((i) => one.at[i]!), value: chosen.map((i) => one.value[i] ?? null) };
  });
}

function extremes(series: Series, from: number, width: number): readonly number[] {
  const columns = new Map<number, { low: number; high: number }>();
  series.value.forEach((value, i) => {
    if (value === null) return;
    const column = Math.floor((series.at[i]! - from) / width);
    const known = columns.get(column);
    if (known === undefined) columns.set(column, { low: i, high: i });
    else if (value < series.value[known.low]!) known.low = i;
    else if (value > series.value[known.high]!) known.high = i;
  });
  return [...columns.values()].flatMap(({ low, high }) => [series.at[low]!, series.at[high]!]);
}
