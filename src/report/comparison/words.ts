import type {
  Aspect,
  ComparedMetric,
  ComparisonMethod,
  Hypothesis,
  MetricVerdict,
  Talker,
} from '../../analysis/comparison-document.ts';
import { distance, number, quantity, roughly } from '../../base/quantity.ts';

export const WORDS: Readonly<Record<MetricVerdict, string>> = {
  better: 'Better',
  worse: 'Worse',
  changed: 'Changed',
  candidate: 'Candidate',
  unchanged: 'Unchanged',
  inconclusive: 'Cannot be told',
};

/** A value of the metric, with its unit unless that is in the name. */
export function valueOf({ unit }: Pick<ComparedMetric, 'unit'>, value: number): string {
  return unit.startsWith('per ') ? number(value) : quantity(value, unit);
}

/** From so many times as much on it is not given in percent. */
const TIMES = 10;

/** `−1,220 (−100 %)`, `+1,019 (×205)`. */
export function differenceOf(metric: ComparedMetric): string {
  const { difference } = metric;
  return difference === 0 ? '0' : `${signed(metric, difference)} (${shareOfBefore(metric)})`;
}

function shareOfBefore({ relative }: ComparedMetric): string {
  if (relative === null) return 'new';
  if (relative >= TIMES - 1) return `×${number(Number((relative + 1).toPrecision(2)))}`;
  return `${relative > 0 ? '+' : '−'}${number(Math.abs(Number((relative * 100).toPrecision(2))))} %`;
}

/** `−3 … +1.2`. */
export function intervalOf(metric: ComparedMetric): string {
  if (metric.interval === null || metric.method === 'constant') return '';
  const [low, high] = metric.interval.map((end) => signed(metric, end)) as [string, string];
  const unit = /[^\d.,]*$/.exec(high)![0];
  // The unit once, where both ends have it.
  return `${low.endsWith(unit) ? low.slice(0, low.length - unit.length) : low} … ${high}`;
}

function signed({ unit }: ComparedMetric, value: number): string {
  const size = Math.abs(value);
  return `${value < 0 ? '−' : '+'}${unit.startsWith('per ') ? number(size) : distance(size, unit)}`;
}

/** The smallest difference that matters. */
export function thresholdOf({ unit, threshold }: ComparedMetric): string {
  return unit.startsWith('per ') ? number(threshold) : distance(threshold, unit);
}

/** The name with its dimension, and what it is a ratio to. */
export function nameOf({ title, dimension, unit }: ComparedMetric): string {
  return `${title}${dimension === '' ? '' : `, ${dimension}`}${unit.startsWith('per ') ? ` (${unit})` : ''}`;
}

const METHODS: Readonly<Record<ComparedMetric['method'], string>> = {
  runs: 'runs exchanged',
  'block-means': 'means of blocks',
  'block-ratio': 'ratios of blocks',
  episodes: 'number of episodes',
  'at-equal-load': 'blocks at equal load',
  quantile: 'blocks of requests',
  constant: 'does not vary',
  none: 'not tested',
};

/** How sure and by what: `blocks at equal load, 4 + 4, p 0.029`. */
export function basisOf({ method, units, p, q }: ComparedMetric): string {
  return [
    METHODS[method],
    ...(units === null || method === 'constant' ? [] : [`${units[0]} + ${units[1]}`]),
    ...(p === null ? [] : [q === null ? `p ${probability(p)}` : `p ${probability(p)}, among all ${probability(q)}`]),
  ].join(', ');
}

/** Why no more can be said, and what would help. */
export function noteOf({ note, neededS, verdict }: ComparedMetric): string {
  const more = neededS === null || verdict !== 'inconclusive' ? '' : `record about ${roughly(neededS)} a side`;
  return [note ?? '', more].filter((text) => text !== '').join('; ');
}

function probability(p: number): string {
  return p < 0.001 ? '< 0.001' : String(Number(p.toPrecision(2)));
}

/** `3 better, 1 worse`: every verdict that was given, so that nothing is hidden without a count. */
export function countsOf(metrics: readonly ComparedMetric[]): string {
  return (Object.keys(WORDS) as MetricVerdict[])
    .map((verdict) => ({ verdict, count: metrics.filter((metric) => metric.verdict === verdict).length }))
    .filter(({ count }) => count > 0)
    .map(({ verdict, count }) => `${count} ${WORDS[verdict].toLowerCase()}`)
    .join(', ');
}

export const TALKER_KINDS: Readonly<Record<Talker['kind'], string>> = {
  client: 'Client',
  network: 'Network',
  url: 'URL',
  'virtual-host': 'Virtual host',
  listener: 'Listener',
};

/** A share of the requests in a sentence; the smallest are not known exactly. */
export function shareOf(share: number): string {
  return share < 0.001 ? '< 0.1 %' : `${(share * 100).toFixed(1)} %`;
}

/** Whose expectation it is, and why: `Asked. ListenBacklog: a longer accept queue holds bursts`. */
export function reasonOf({ from, setting, because }: Hypothesis): string {
  return [...(from === 'asked' ? ['Asked.'] : []), ...(setting === null ? [] : [`${setting}: ${because ?? ''}`])].join(
    ' ',
  );
}

/** What follows for the comparison from a circumstance that differs. */
export function consequenceOf({ note, refuses }: Aspect): string {
  return refuses === 'not-per-load' ? `${note ?? ''}; judged is what is measured per unit of load` : (note ?? '');
}

/** What is aligned, in a sentence. */
export function alignmentOf({ align, guardS }: ComparisonMethod): string {
  if (align === 'start') return 'Each run is compared as a whole.';
  const part = {
    clock: 'the times of day that all have',
    onset: `${guardS} s after its onset`,
    load: `${guardS} s after its step of the load`,
  }[align];
  return `Each run is compared ${align === 'clock' ? 'at' : 'from'} ${part}${align === 'clock' ? '' : ' on'}; findings, settings and talkers are of the whole runs.`;
}
