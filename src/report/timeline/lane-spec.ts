import type { TopLevelSpec } from 'vega-lite';
import { readAsset } from '../assets.ts';

/** Which series of the document: the metric's name, and a pattern of the dimension (`*` any text, `?` any character). */
export interface SeriesPattern {
  readonly metric: string;
  /** Missing: the series without a dimension. */
  readonly dimension?: string;
}

/** One series within a row: parts of one whole are drawn into the same row. */
export interface PartSpec extends SeriesPattern {
  readonly name?: string;
  readonly colour: string;
  /** A part of the part before it: dashed. */
  readonly inner?: boolean;
}

/** Which side of its time a value speaks for. */
export type Holds = 'point' | 'before' | 'after';

/** One row of a lane. */
export interface RowSpec {
  readonly name: string;
  readonly note: string;
  readonly parts: readonly PartSpec[];
  /** A row for each dimension that the first part's pattern finds; the others follow it. */
  readonly each?: boolean;
  /** Most rows of `each`: those that rose most. */
  readonly most?: number;
  /** Drawn only when the peak is at least this much. */
  readonly least?: number;
  /** Drawn even when nothing moved. */
  readonly always?: boolean;
  /** What is said where the sources were read and the series is not there; default: `did not move`. */
  readonly absent?: string;
  readonly limit?: SeriesPattern;
  /** The row's share of a limit that is not itself a series. */
  readonly share?: SeriesPattern;
  /** Metric of the sum of the parts that the value column is about. */
  readonly total?: string;
  /** The parts' colours are explained below the row. */
  readonly key?: boolean;
  /** Label the limit only. */
  readonly ticks?: 'limit';
  /** Where the row differs from its lane. */
  readonly sources?: readonly string[];
  readonly holds?: Holds;
}

/** The `usermeta` of a chart: which lane it draws, and from what. */
export interface LaneMeta {
  readonly id: string;
  readonly order: number;
  readonly title: string;
  readonly question: string;
  readonly note: string;
  /** Missing: the document's series, by `rows`. */
  readonly source?: 'course' | 'events' | 'coverage' | 'overview' | 'hosts' | 'evidence' | 'comparison';
  readonly rows?: readonly RowSpec[];
  /** Sources that the rows come from: where one was read, a missing series is flat and not unknown. */
  readonly sources?: readonly string[];
  /** What absence means: `hatch` (default) not known, `blank` nothing happened. */
  readonly missing?: 'hatch' | 'blank';
  /** Label the value axis. */
  readonly ticks?: boolean;
  /** For how long a value holds: at its time only (default), since the sample before, or until the next one. */
  readonly holds?: Holds;
}

/** A chart of `reports/charts` with what its `usermeta` says. */
export interface LaneSpec {
  readonly meta: LaneMeta;
  readonly spec: TopLevelSpec;
}

/** The charts of postmortems and comparisons, by file name. */
export const CHARTS: readonly string[] = [
  'overview',
  'hosts',
  'course',
  'tcp-states',
  'listen-queue',
  'kernel-counters',
  'apache-workers',
  'requests',
  'request-time',
  'conntrack',
  'log-events',
  'coverage',
  'sparkline',
  'finding',
  'comparison-pair',
  'comparison-distribution',
];

/** Reads one chart of `reports/charts`. */
export function readChart(name: string): LaneSpec {
  const spec = JSON.parse(readAsset(`charts/${name}.vl.json`)) as TopLevelSpec & { readonly usermeta: LaneMeta };
  return { meta: spec.usermeta, spec };
}
