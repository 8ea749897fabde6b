import { blockEdges, blockMeans } from './blocks.ts';
import { mean } from './moments.ts';

/** Correlation above which a series of this length is taken to be all trend. */
const MOST = 0.99;
/** Longer series are averaged in groups first, since the time this takes grows with the square of the length. */
const MOST_VALUES = 8192;

/**
 * Integrated autocorrelation time τ = 1 + 2 Σρ, in samples, of series that have the same process and means of their own:
 * how many samples in a row say as much as one independent one. At least 1; 1 for constant series.
 *
 * The sum ends where pairs of correlations are no longer positive. Short series hide their own correlation (their mean
 * follows them); what a process of first order would lose to that is given back, and the larger of both counts.
 */
export function integratedTime(series: readonly (readonly number[])[]): number {
  const group = Math.ceil(Math.max(0, ...series.map((values) => values.length)) / MOST_VALUES);
  return group > 1 ? timeByGroups(series, group) : timeOf(centred(series), true);
}

/** The mean of all varies as the mean of the groups does: τ ÷ n times the variance is the same for both. */
function timeByGroups(series: readonly (readonly number[])[], group: number): number {
  const grouped = centred(series.map((values) => blockMeans(values, blockEdges(values.length, group))));
  const power = powerOf(centred(series));
  return power > 0 ? Math.max(1, (timeOf(grouped, false) * group ** 2 * powerOf(grouped)) / power) : 1;
}

function timeOf(series: readonly (readonly number[])[], correctsFirst: boolean): number {
  const n = Math.min(...series.map((values) => values.length));
  const power = powerOf(series);
  if (!(power > 0)) return 1;
  const correlation = (lag: number): number => {
    let sum = 0;
    for (const values of series) for (let i = lag; i < values.length; i++) sum += values[i]! * values[i - lag]!;
    return sum / power;
  };
  const first = correlation(1);
  let sum = 0;
  for (let lag = 1; lag + 1 < n; lag += 2) {
    const pair = (lag === 1 ? first : correlation(lag)) + correlation(lag + 1);
    if (pair <= 0) break;
    sum += pair;
  }
  if (!correctsFirst) return Math.max(1, 1 + 2 * sum);
  const corrected = n <= 4 ? MOST : Math.min(MOST, (first + 1 / n) / (1 - 3 / n));
  return Math.max(1, 1 + 2 * sum, (1 + corrected) / (1 - corrected));
}

function centred(series: readonly (readonly number[])[]): number[][] {
  return series
    .filter((values) => values.length > 1)
    .map((values) => {
      const middle = mean(values);
      return values.map((value) => value - middle);
    });
}

function powerOf(series: readonly (readonly number[])[]): number {
  return series.reduce((sum, values) => sum + values.reduce((inner, value) => inner + value * value, 0), 0);
}
