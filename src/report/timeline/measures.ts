import type { Series } from '../../analysis/document.ts';
import { HostSeries, peakOf } from './host-series.ts';
import { thin } from './thin.ts';

/** How a number is read from a series for a span of time: its highest or lowest sample, rates summed up, or how many samples there are. */
export type Fold = 'most' | 'least' | 'count' | 'samples';

/** A number of the page that follows the time shown. */
export interface Measure {
  readonly at: readonly number[];
  readonly value: readonly (number | null)[];
  readonly unit: string;
  readonly fold: Fold;
}

/** What a number of the document says of the series it comes from. */
export interface Claim {
  readonly host?: string | undefined;
  readonly metric?: string | undefined;
  readonly dimension?: string | undefined;
  readonly value?: number | undefined;
  readonly baseline?: number | undefined;
  readonly unit?: string | undefined;
}

/** Collects the numbers of a page that follow the time shown, in the order in which the page is made. */
export class Measures {
  readonly all: Measure[] = [];
  readonly #series: readonly Series[];
  readonly #hosts = new Map<string, HostSeries>();

  constructor(series: readonly Series[]) {
    this.#series = series;
  }

  /** Number of the measure for `data-measure`; undefined where the claim has no series. */
  indexOf(claim: Claim): number | undefined {
    if (claim.metric === undefined || claim.host === undefined) return undefined;
    const series = this.#host(claim.host).find(claim.metric, claim.dimension ?? '');
    if (series === null) return undefined;
    const fold = foldOf(claim, series);
    const span = { from: series.at[0] ?? 0, to: series.at.at(-1) ?? 0 };
    const { at, value, unit } = fold === 'count' ? series : thin([series], span)[0]!;
    return this.all.push({ at, value, unit, fold }) - 1;
  }

  /** Number of the measure of how many samples of a host there are; undefined where no series tells their times. */
  samplesOf(host: string): number | undefined {
    const at = this.#host(host).sampleTimes();
    return at.length === 0 ? undefined : this.all.push({ at, value: [], unit: '', fold: 'samples' }) - 1;
  }

  #host(name: string): HostSeries {
    const host = this.#hosts.get(name) ?? new HostSeries(this.#series, name);
    this.#hosts.set(name, host);
    return host;
  }
}

function foldOf(claim: Claim, series: Series): Fold {
  const counted = series.kind === 'rate' && claim.unit !== undefined && !/^(?:\/|ratio$)/.test(claim.unit);
  if (counted) return 'count';
  if (claim.value === undefined) return 'most';
  const peak = peakOf(series.at, series.value)?.value ?? claim.value;
  const isBelowUsual = claim.baseline !== undefined && claim.value < claim.baseline;
  return isBelowUsual && claim.value < peak ? 'least' : 'most';
}
