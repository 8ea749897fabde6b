import type { Method } from '../comparison-document.ts';

/** What a test gave, before it is called anything. */
export interface Judged {
  readonly method: Method;
  readonly p: number | null;
  readonly interval: readonly [number, number] | null;
  readonly units: readonly [number, number] | null;
  readonly effective: readonly [number, number] | null;
  /** Samples a side that a verdict takes; null when there is one or no length would do. */
  readonly neededSamples: number | null;
  readonly note: string | null;
}
