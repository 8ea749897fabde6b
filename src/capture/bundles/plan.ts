import type { Manifest } from '../manifest.ts';

/** What becomes of some lines of a file. */
export interface Part {
  /** From 1; the part goes to the next one. */
  readonly firstLine: number;
  /** Index of the sample it belongs to. */
  readonly sample: number;
  readonly kind: 'output' | 'mark' | 'unread' | 'lost';
  /** Source that reads it; null for lines that are only counted. */
  readonly source: string | null;
  /** Command whose output it is, where a source does not say it. */
  readonly command: string | null;
  /** Why an output is not read; null when it is. */
  readonly passed: string | null;
}

export interface PlannedSample {
  readonly manifest: Manifest;
  /** Folder inside the bundle, or the name the sample's files share; `.` for none. */
  readonly folder: string;
}

/** How a bundle of somebody else's making is read: its samples, and which lines of which file belong to which. */
export interface Plan {
  readonly samples: readonly PlannedSample[];
  readonly parts: ReadonlyMap<string, readonly Part[]>;
  /** What the reader of the report should know: where times come from, what is left out. */
  readonly notes: readonly string[];
}
