import type { CaptureRecord } from './capture-record.ts';

/** What visitors who look at a case are told as it happens. */
export type CaseEvent =
  /** A capture arrived, or was read. */
  | { readonly type: 'capture'; readonly capture: CaptureRecord }
  /** Rows of a capture that is being read. */
  | { readonly type: 'rows'; readonly id: string; readonly rows: number }
  /** The case has other contents, or why its import stands still. */
  | { readonly type: 'case'; readonly waiting: number; readonly problem: string | null };

/** Hands events to whoever listens now. */
export class EventHub {
  readonly #listeners = new Set<(event: CaseEvent) => void>();

  get listeners(): number {
    return this.#listeners.size;
  }

  /** Returns what ends the listening. */
  listen(listener: (event: CaseEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  tell(event: CaseEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
