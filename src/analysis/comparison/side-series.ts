/** One series of one run. `at` in seconds from where the run is anchored; a missing sample is not there. */
export interface RunSeries {
  readonly run: string;
  readonly at: readonly number[];
  readonly value: readonly number[];
  /** What each value is divided by (see `per` of the document); null where it stands for itself. */
  readonly exposure: readonly number[] | null;
  /** Incoming connections per second at the same samples; null where they are not known. */
  readonly load: readonly number[] | null;
}

/** A counter sample by sample: its growth, what it had the chance to grow for, and the load. */
export interface Counted {
  readonly events: readonly number[];
  readonly exposure: readonly number[];
  readonly load: readonly number[] | null;
}

/** The series as a counter; without an exposure every sample had the same chance. */
export function counted({ value, exposure, load }: RunSeries): Counted {
  return { events: value, exposure: exposure ?? value.map(() => 1), load };
}

/** Mean, or sum ÷ sum of exposures. */
export function level({ value, exposure }: RunSeries): number {
  const sum = value.reduce((all, one) => all + one, 0);
  if (exposure === null) return value.length === 0 ? 0 : sum / value.length;
  const over = exposure.reduce((all, one) => all + one, 0);
  return over > 0 ? sum / over : 0;
}

export function sampleCount(runs: readonly RunSeries[]): number {
  return runs.reduce((all, { value }) => all + value.length, 0);
}

/** Values whose plain mean is the level: of a ratio, its linearised parts. */
export function influence(series: RunSeries): readonly number[] {
  const { value, exposure } = series;
  if (exposure === null) return value;
  const ratio = level(series);
  const usual = exposure.reduce((all, one) => all + one, 0) / exposure.length;
  return value.map((one, i) => ratio + (usual > 0 ? (one - ratio * exposure[i]!) / usual : 0));
}

/** Median distance of samples at these moments, in their unit; 0 of fewer than two. */
export function spacing(at: readonly number[]): number {
  const steps = at
    .slice(1)
    .map((one, i) => one - at[i]!)
    .toSorted((a, b) => a - b);
  return steps[Math.floor(steps.length / 2)] ?? 0;
}

/** How far each run has to be moved for all to lie one after the other, a step apart, the first where it is. */
export function shiftsInTurn(runs: readonly (readonly number[])[]): number[] {
  let next = runs[0]?.[0] ?? 0;
  return runs.map((at) => {
    const shift = next - (at[0] ?? 0);
    next = (at.at(-1) ?? 0) + spacing(at) + shift;
    return shift;
  });
}
