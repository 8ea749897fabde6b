/** Takes one member's bytes. `push` returns a promise when the giver should wait before the next chunk. */
export interface MemberSink {
  push(chunk: Uint8Array): Promise<void> | undefined;
  end(): Promise<void>;
}

/** What a reader of captures tells while it goes through one archive or folder. */
export interface Visitor {
  /** A regular file and when it was last changed; null when nobody wants its bytes. */
  member(path: string, size: number | null, modified: Date | null): Promise<MemberSink | null>;
  /** Something was left out, and why. */
  note(text: string): void;
  /** The archive is broken from here on; what was visited before stands. */
  damaged(text: string): void;
}
