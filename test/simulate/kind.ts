import type { Moment, Settings, SourceId } from './moment.ts';
import type { Noise } from './noise.ts';

/** How strong a fault is; `weak` is just above what the findings call worth a word. */
export type Strength = 'weak' | 'medium' | 'strong';

/** A fault as it goes on. */
export interface Fault {
  readonly strength: Strength;
  /** Place in `[weak, medium, strong]`. */
  readonly step: 0 | 1 | 2;
  /** Seconds since it began. */
  readonly forS: number;
  readonly settings: Settings;
  readonly noise: Noise;
}

/** An incident with a known cause: the id of the finding that has to see it, and what it does to a host. */
export interface Kind {
  readonly id: string;
  /** What the verdict has to name; null: the finding is a symptom, or a circumstance, and what is behind it does not show. */
  readonly cause: string | null;
  /** The finding is only ever info. */
  readonly info?: boolean;
  /** It is so from the first sample to the last. */
  readonly whole?: boolean;
  /** Samples that it takes to show. */
  readonly samples?: number;
  /** Habits that would end it. */
  readonly without?: readonly string[];
  /** What shows it happens only when it begins. */
  readonly opening?: boolean;
  /** Sources without which the finding cannot be had: one of each group. */
  readonly needs: readonly (readonly SourceId[])[];
  /** Sources without which the finding is there, and is no cause: its look-alikes cannot be ruled out. */
  readonly causeNeeds?: readonly SourceId[];
  /** Other findings above info that are true of it. */
  readonly also: readonly string[];
  readonly prepare?: (settings: Settings) => void;
  readonly during: (moment: Moment, fault: Fault) => void;
  /** What lingers, `sinceS` seconds after its end. */
  readonly after?: (moment: Moment, fault: Fault, sinceS: number) => void;
}

/** What a host does without being ill. */
export interface Habit {
  readonly id: string;
  /** Decides when it happens, then changes the moments it touches. */
  readonly apply: (moments: Moment[], noise: Noise, settings: Settings) => void;
}
