import type { Datum, Span } from './draw.ts';
import type { Holds } from './lane-spec.ts';

/** Text within a plot, tied to a bar or tick: inside it where it fits, beside it where not. */
export interface PlotLabel {
  readonly from: number;
  readonly to: number;
  /** Said even where there is no room for the rest. */
  readonly strong: string;
  readonly text: string;
  /** Never inside the bar: there is something drawn. */
  readonly outside?: boolean;
}

/** A series as the crosshair reads it. */
export interface RowValues {
  /** Empty where the row has one series. */
  readonly name: string;
  readonly unit: string;
  readonly at: readonly number[];
  readonly value: readonly (number | null)[];
}

/** An entry of the colour key below a row. */
export interface KeyEntry {
  readonly name: string;
  readonly colour: string;
}

/** One row of a lane: what stands left of the plot, in it, and right of it. */
export interface LaneRow {
  readonly name: string;
  readonly note: string;
  /** The two lines at the right: peak, usual. */
  readonly peak: string;
  readonly usual: string;
  /** Rows of the chart's `lane` table. */
  readonly data: readonly Datum[];
  /** Times about which nothing is known. */
  readonly gaps: readonly Span[];
  readonly labels: readonly PlotLabel[];
  readonly values: readonly RowValues[];
  readonly holds: Holds;
  /** A value counts no longer than this, in milliseconds. */
  readonly reachMs: number;
  readonly key: readonly KeyEntry[];
  readonly limit: number | null;
  readonly ticks: 'all' | 'limit' | 'none';
  readonly unit: string;
  /** The finding it is about, where it is about one. */
  readonly finding: { readonly id: string; readonly host: string } | null;
  /** How long it lasted, where the row is one bar. */
  readonly bar: Span | null;
}

/** A row with nothing in it yet. */
export const EMPTY_ROW: LaneRow = {
  name: '',
  note: '',
  peak: '',
  usual: '',
  data: [],
  gaps: [],
  labels: [],
  values: [],
  holds: 'point',
  reachMs: 0,
  key: [],
  limit: null,
  ticks: 'none',
  unit: '',
  finding: null,
  bar: null,
};

/** A colour of the theme, as charts and pages name it. */
export function colour(name: string): string {
  return `var(--${name})`;
}
