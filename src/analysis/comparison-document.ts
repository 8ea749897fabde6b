import type { Confidence, Instant, SCHEMA_VERSION, Severity } from './document.ts';

/** What is said of a metric. `inconclusive` never means that nothing changed, and `unchanged` is a claim with a bound. */
export type MetricVerdict = 'better' | 'worse' | 'changed' | 'candidate' | 'unchanged' | 'inconclusive';

/** How a metric was judged; `none`: not at all. */
export type Method =
  | 'runs'
  | 'block-means'
  | 'block-ratio'
  | 'episodes'
  | 'at-equal-load'
  | 'quantile'
  | 'constant'
  | 'none';

/** The answer to "what did the change really do?": two sides, each of one run or several. */
export interface Comparison {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly kind: 'comparison';
  readonly before: ComparedSide;
  readonly after: ComparedSide;
  readonly verdict: ComparisonVerdict;
  readonly comparability: readonly Aspect[];
  readonly hypotheses: readonly Hypothesis[];
  /** Primary ones first, then by the size of the difference in practical thresholds. */
  readonly metrics: readonly ComparedMetric[];
  /** Series that are there on one side only, those of primary metrics first. */
  readonly oneSided: readonly {
    readonly metric: string;
    readonly dimension: string;
    readonly title: string;
    readonly primary: boolean;
    readonly missing: 'before' | 'after';
  }[];
  readonly findings: {
    readonly resolved: readonly ComparedFinding[];
    readonly appeared: readonly ComparedFinding[];
    readonly persisting: readonly ComparedFinding[];
  };
  readonly settings: readonly ChangedSetting[];
  readonly talkers: readonly Talker[];
  /** One row a run and primary metric, in the order of time. */
  readonly runs: readonly RunSummary[];
  readonly method: ComparisonMethod;
}

/** `start`, `end` and `samples` are of what is compared, which is less than the runs where they are aligned. */
export interface ComparedSide {
  readonly label: string;
  readonly runs: readonly string[];
  readonly hosts: readonly string[];
  readonly start: Instant;
  readonly end: Instant;
  readonly samples: number;
  readonly intervalS: number | null;
}

export interface ComparisonVerdict {
  readonly overall: 'better' | 'worse' | 'mixed' | 'changed' | 'unchanged' | 'inconclusive' | 'not-comparable';
  readonly sentence: string;
  /** What else is to be known, a sentence each. */
  readonly remarks: readonly string[];
}

/** One thing that has to be the same for a difference to come from the change. */
export interface Aspect {
  readonly aspect: string;
  readonly before: string;
  readonly after: string;
  readonly ok: boolean;
  /** Whether it keeps verdicts from being given: of all metrics, of those not per unit of load, or of none. */
  readonly refuses: 'all' | 'not-per-load' | 'none';
  readonly note: string | null;
}

export interface ComparedMetric {
  readonly metric: string;
  readonly dimension: string;
  readonly title: string;
  readonly unit: string;
  readonly kind: 'gauge' | 'rate' | 'ratio';
  /** The metric that it is divided by, and for how many of it the value is given; null: the metric as it is. */
  readonly per: { readonly metric: string; readonly scale: number } | null;
  /** Which way is good; `none`: only change is told. */
  readonly direction: 'up' | 'down' | 'none';
  readonly primary: boolean;
  /** Smallest difference that matters in practice, in the metric's unit. */
  readonly threshold: number;
  readonly before: number;
  readonly after: number;
  readonly difference: number;
  /** Confidence interval (1 − method.level); null when it cannot be told. */
  readonly interval: readonly [number, number] | null;
  /** Difference ÷ before; null when before is zero. */
  readonly relative: number | null;
  /** Two-sided; null: not tested. */
  readonly p: number | null;
  /** After Benjamini-Hochberg, for those that are not primary. */
  readonly q: number | null;
  readonly method: Method;
  /** Values a side, and how many independent ones they are worth. */
  readonly samples: readonly [number, number];
  readonly effective: readonly [number, number] | null;
  /** Blocks, episodes or runs that were tested, a side. */
  readonly units: readonly [number, number] | null;
  /** Seconds a side that would have to be recorded for a verdict; null when there is one, or no length would do. */
  readonly neededS: number | null;
  readonly verdict: MetricVerdict;
  readonly note: string | null;
  readonly episodes: { readonly before: EpisodeSummary; readonly after: EpisodeSummary } | null;
  /** Settings changed that should move it. */
  readonly movedBy: readonly string[];
  readonly course: { readonly before: Course; readonly after: Course } | null;
  /** Of a latency: share of requests that took at most so long. */
  readonly distribution: { readonly before: Distribution; readonly after: Distribution } | null;
}

/** Episodes of a bursty counter: stretches of samples in which it grew. */
export interface EpisodeSummary {
  readonly count: number;
  readonly events: number;
  readonly longestS: number;
  readonly peak: number;
}

/** A series, in seconds from where its side is anchored; thinned by means. Several runs follow each other. */
export interface Course {
  readonly at: readonly number[];
  readonly value: readonly number[];
}

export interface Distribution {
  readonly count: number;
  readonly at: readonly number[];
  readonly share: readonly number[];
}

export interface Hypothesis {
  /** Whose it is: asked on the command line, or known of a setting that was changed. */
  readonly from: 'asked' | 'setting';
  readonly setting: string | null;
  readonly metric: string;
  readonly expected: 'up' | 'down' | 'unchanged';
  readonly because: string | null;
  readonly answer: 'confirmed' | 'contradicted' | 'not-shown' | 'not-recorded';
  readonly sentence: string;
}

export interface ComparedFinding {
  readonly id: string;
  readonly title: string;
  readonly host: string;
  readonly subject: string | null;
  readonly before: FindingStrength | null;
  readonly after: FindingStrength | null;
}

export interface FindingStrength {
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly summary: string;
}

export interface ChangedSetting {
  readonly host: string;
  readonly kind: 'sysctl' | 'apache' | 'nic';
  readonly key: string;
  /** Null: not set, or not recorded. */
  readonly before: string | null;
  readonly after: string | null;
  readonly moves: readonly string[];
}

/** Somebody or something whose share moved by 2 % or more, and by more than chance alone would move it. */
export interface Talker {
  readonly kind: 'client' | 'network' | 'url' | 'virtual-host' | 'listener';
  readonly name: string;
  /** Share of the requests, of a listener of the sockets at listeners; 0..1, and 0 below the thousand largest. */
  readonly before: number;
  readonly after: number;
  readonly change: 'gained' | 'lost';
}

export interface RunSummary {
  readonly run: string;
  readonly side: 'before' | 'after';
  readonly start: Instant;
  readonly samples: number;
  readonly values: readonly { readonly metric: string; readonly dimension: string; readonly value: number | null }[];
}

export interface ComparisonMethod {
  readonly lastack: string;
  readonly align: 'clock' | 'start' | 'onset' | 'load';
  /** Seconds left out on each side of the border between two windows. */
  readonly guardS: number;
  readonly level: number;
  readonly seed: number;
  /** Tests made: of primary metrics, each judged alone; and of the others, judged together. */
  readonly tests: { readonly primary: number; readonly others: number };
  readonly limits: readonly string[];
}
