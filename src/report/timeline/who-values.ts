import type { WhoGroup } from '../../analysis/document.ts';

/** Moments of a group that the page carries; of longer recordings neighbours are joined. */
const MOST_MOMENTS = 360;

/** The values of a group as the page carries them: one list of times for all. */
export interface WhoValues {
  readonly at: readonly number[];
  readonly rows: readonly (readonly number[])[];
  /** All names together, those that are not listed included. */
  readonly total: readonly number[];
}

/** Values of the first `names` rows, and of all together; joined moments are averaged or summed as the group is folded. */
export function whoValues(group: WhoGroup, names: number): WhoValues {
  const size = Math.ceil(group.at.length / MOST_MOMENTS);
  const all = [...group.rows.map((row) => row.value), ...(group.others === null ? [] : [group.others.value])];
  const total = group.at.map((_, i) => all.reduce((sum, value) => sum + (value[i] ?? 0), 0));
  const joined = (values: readonly number[]): readonly number[] =>
    chunks(values, size).map((chunk) => {
      const sum = chunk.reduce((before, value) => before + value, 0);
      return Number((group.fold === 'sum' ? sum : sum / chunk.length).toPrecision(4));
    });
  return {
    at: chunks(group.at, size).map((chunk) => chunk[0]!),
    rows: group.rows.slice(0, names).map((row) => joined(row.value)),
    total: joined(total),
  };
}

function chunks(values: readonly number[], size: number): readonly (readonly number[])[] {
  const count = size === 0 ? 0 : Math.ceil(values.length / size);
  return Array.from({ length: count }, (_, i) => values.slice(i * size, (i + 1) * size));
}
