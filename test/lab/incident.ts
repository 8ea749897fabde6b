import type { Lab } from './lab.ts';

/** One incident: how the world is set up, what breaks, how it is mended, and what is true. `World` is what set-up hands on. */
export interface Incident<World = unknown> {
  readonly title: string;
  /** The finding that names the cause; null: nothing is wrong. */
  readonly rootCause: string | null;
  /** Findings that would be right as well, with the reason. */
  readonly orElse?: Readonly<Record<string, string>>;
  /** Further findings that must be there. */
  readonly expects?: readonly string[];
  /** Findings that would be wrong at the level of warning or above. */
  readonly mustNot: readonly string[];
  /** It changes a limit of the whole machine or makes its kernel log speak: nothing else may run beside it. */
  readonly alone?: boolean;
  /** What it makes the kernel log say: only incidents that make it say the same may run beside it. */
  readonly says?: 'syn-flood';
  /** Seconds, at the given load, until what the cause is known by is there: a number of sockets that has to grow first. */
  readonly showsAfterS?: (load: number) => number;
  /** Seconds, at the given load, until a figure that the collector looks at can show it, where that is not at once. */
  readonly figureAfterS?: (load: number) => number;
  /** Lengths; the recording begins with the baseline. */
  readonly seconds?: Partial<Phases>;
  setUp(lab: Lab): Promise<World>;
  fault?(lab: Lab, world: World): unknown;
  lift?(lab: Lab, world: World): unknown;
}

/** Seconds of load before the recording, and of its three parts. */
export interface Phases {
  readonly warmUp: number;
  readonly baseline: number;
  readonly fault: number;
  readonly recovery: number;
}

export const PHASES: Phases = { warmUp: 12, baseline: 36, fault: 54, recovery: 30 };
