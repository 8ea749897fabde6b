import { LineSplitter } from '../base/lines.ts';
import type { Part } from '../capture/bundles/plan.ts';
import type { MemberSink } from '../capture/visitor.ts';
import type { BundleSample, PartReader } from './bundle-sample.ts';
import type { MemberCounts } from './line-account.ts';

/** Gives the lines of one file to the samples they belong to. Lines keep their numbers in the file. */
export class PartsSink implements MemberSink {
  readonly #path: string;
  readonly #parts: readonly Part[];
  readonly #sample: (index: number) => BundleSample;
  readonly #onCounts: (counts: MemberCounts, source: string | null) => void;
  readonly #pause: () => Promise<void> | undefined;
  readonly #splitter: LineSplitter;
  /** Lines that stand between outputs, a reader a sample: their parts are many and small. */
  readonly #between = new Map<string, PartReader>();
  #next = 0;
  #open: { readonly part: Part; readonly reader: PartReader } | null = null;
  #cut: string | null = null;

  constructor(
    path: string,
    parts: readonly Part[],
    to: {
      readonly sample: (index: number) => BundleSample;
      readonly onCounts: (counts: MemberCounts, source: string | null) => void;
      readonly pause: () => Promise<void> | undefined;
    },
  ) {
    this.#path = path;
    this.#parts = parts;
    this.#sample = to.sample;
    this.#onCounts = to.onCounts;
    this.#pause = to.pause;
    this.#splitter = new LineSplitter(
      (bytes, start, end, lineNo, offset) => this.#reader(lineNo).line(bytes, start, end, lineNo, offset),
      (lineNo, head) => this.#reader(lineNo).refuse(lineNo, 'line too long', head),
    );
  }

  push(chunk: Uint8Array): Promise<void> | undefined {
    this.#splitter.push(chunk);
    return this.#pause();
  }

  /** The bytes stopped coming. */
  damaged(what: string): void {
    this.#cut = what;
  }

  end(): Promise<void> {
    if (this.#cut === null) this.#splitter.end();
    else {
      const rest = this.#splitter.drop();
      if (rest !== null)
        this.#reader(this.#splitter.lines).refuse(this.#splitter.lines, 'line cut with the archive', rest);
    }
    // A file without a line is one, and is covered.
    if (this.#open === null) this.#begin(this.#parts[0]!);
    this.#finishPart(this.#cut);
    this.#finishSample(this.#parts[Math.max(0, this.#next - 1)]!.sample);
    return Promise.resolve();
  }

  #reader(lineNo: number): PartReader {
    const next = this.#parts[this.#next];
    if (next !== undefined && lineNo >= next.firstLine) {
      this.#begin(next);
      this.#next++;
    }
    return this.#open!.reader;
  }

  #begin(part: Part): void {
    const before = this.#open?.part;
    this.#finishPart(null);
    if (before !== undefined && before.sample !== part.sample) this.#finishSample(before.sample);
    const sample = this.#sample(part.sample);
    const key = part.kind === 'output' ? null : `${part.kind} ${part.command}`;
    const known = key === null ? undefined : this.#between.get(key);
    const reader = known ?? sample.part(part, this.#path);
    if (key !== null) this.#between.set(key, reader);
    this.#open = { part, reader };
  }

  #finishPart(cut: string | null): void {
    if (this.#open?.part.kind === 'output')
      this.#onCounts(this.#open.reader.close(cut, this.#splitter.oddities), this.#open.part.source);
    this.#open = null;
  }

  #finishSample(sample: number): void {
    for (const reader of this.#between.values()) this.#onCounts(reader.close(null, this.#splitter.oddities), null);
    this.#between.clear();
    this.#sample(sample).flush();
  }
}
