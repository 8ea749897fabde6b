import type { StampedTime } from './local-time.ts';

/** What a run of lines of a file is. */
export type SectionKind =
  /** An output that a source reads. */
  | 'output'
  /** Times, prompts, titles, and blank lines beside them. */
  | 'mark'
  /** The output of a named command that no source reads. */
  | 'unread'
  /** Lines nobody knows, before any output. */
  | 'lost';

/** Lines of a file from `firstLine` (from 1) to the next section. */
export interface Section {
  readonly firstLine: number;
  readonly kind: SectionKind;
  /** Source of an output. */
  readonly source: string | null;
  /** The command before it, as typed. */
  readonly command: string | null;
  /** First line of an output, blanks folded; tells outputs of one source apart. */
  readonly header: string;
  /** How many times stood before it in the file: 0 before the first. */
  readonly slot: number;
}

/** What the lines of a file are, in order. */
export interface Outline {
  readonly sections: readonly Section[];
  /** The times that stand in it, in order: `times[slot - 1]` is that of a slot. */
  readonly times: readonly StampedTime[];
  /** Host named by a prompt. */
  readonly host: string | null;
  /** There were more sections than are kept. */
  readonly cut: boolean;
}
