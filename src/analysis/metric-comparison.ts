import { nearestName } from './nearest-name.ts';
import { QueryError } from './query-error.ts';
import type { MetricInfo } from './query-file.ts';

/** How a metric is compared between runs. */
export interface MetricComparison {
  readonly metric: string;
  /** Which way is good. */
  readonly direction: 'up' | 'down' | 'none';
  /** `primary`: judged alone; `load`: what has to be equal; `setting`: follows from the configuration. */
  readonly role: 'primary' | 'secondary' | 'load' | 'setting';
  /** Smallest difference that matters: in the unit, and as a share of the value before; the larger one counts. */
  readonly threshold: number;
  readonly relativeThreshold: number;
  /** The metric it is a ratio to, and for how many of it the value is given. */
  readonly per: { readonly metric: string; readonly scale: number; readonly isRatio: boolean } | null;
  /** Which quantile of the requests' time it is. */
  readonly quantile: number | null;
}

const LINE =
  /^(\S+)\s+(up|down|none)\s+(primary|secondary|load|setting)\s+([\d.]+)\s+([\d.]+)%(?:\s+(?:per\s+(\d+)\s+(\S+)|weighted\s+(\S+)|quantile\s+(0\.\d+)))?$/;

/** Reads the lines of `compare:`. Throws a `QueryError` for one that is not of the form, or of no metric of the file. */
export function parseComparisons(
  path: string,
  lines: readonly string[],
  metrics: readonly MetricInfo[],
): MetricComparison[] {
  const names = metrics.map((metric) => metric.name);
  return lines.map((line) => {
    const [, metric, direction, role, threshold, percent, scale, per, weighted, quantile] = LINE.exec(line) ?? [];
    if (metric === undefined)
      throw new QueryError(
        path,
        `compare "${line}": expected "metric up|down|none primary|secondary|load|setting threshold percent% [per N METRIC | weighted METRIC | quantile 0.N]"`,
      );
    if (!names.includes(metric)) {
      const near = nearestName(metric, names);
      throw new QueryError(
        path,
        `compare "${metric}" is no metric of this file${near ? `; did you mean "${near}"?` : ''}`,
      );
    }
    const denominator = per ?? weighted;
    return {
      metric,
      direction: direction as MetricComparison['direction'],
      role: role as MetricComparison['role'],
      threshold: Number(threshold),
      relativeThreshold: Number(percent) / 100,
      per:
        denominator === undefined
          ? null
          : { metric: denominator, scale: scale === undefined ? 1 : Number(scale), isRatio: weighted !== undefined },
      quantile: quantile === undefined ? null : Number(quantile),
    };
  });
}

const USUAL_SHARE = 0.1;
const USUAL_RATIO = 0.05;

/** How a metric is compared: as its file says, else by what is known of it. */
export function comparisonOf(info: MetricInfo, declared: MetricComparison | undefined): MetricComparison {
  return (
    declared ?? {
      metric: info.name,
      direction: info.worse === 'up' ? 'down' : info.worse === 'down' ? 'up' : 'none',
      role: 'secondary',
      threshold: info.unit === 'ratio' ? USUAL_RATIO : info.minimum,
      relativeThreshold: USUAL_SHARE,
      per: null,
      quantile: null,
    }
  );
}
