import type { Instant, Severity } from './document.ts';

/** An entry of the course of events. */
export interface TimelineEvent {
  readonly at: Instant;
  readonly end: Instant | null;
  readonly host: string;
  /** `episode`: a series left what is usual for it; `system`: a program said something in the system log. */
  readonly kind:
    | 'kernel'
    | 'system'
    | 'apache'
    | 'request'
    | 'finding'
    | 'restart'
    | 'setting'
    | 'episode'
    | 'coverage';
  readonly severity: Severity;
  readonly text: string;
  /** How many messages of the same kind this stands for. */
  readonly count: number;
  /** Where the first of them stands. */
  readonly capture?: string;
  readonly member?: string;
  readonly line?: number;
}

/** Entries of one kind that are not in the timeline. */
export interface TimelineLeftOut {
  readonly host: string;
  readonly kind: TimelineEvent['kind'];
  readonly severity: Severity;
  readonly entries: number;
  /** When the first of them was. */
  readonly from: Instant;
  /** When the last of them was. */
  readonly to: Instant;
}
