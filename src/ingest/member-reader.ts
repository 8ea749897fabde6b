import { LineSplitter } from '../base/lines.ts';
import type { TableBuilder } from '../base/table-builder.ts';
import type { MemberSink } from '../capture/visitor.ts';
import type { MemberContext, Source, Tables } from '../sources/source.ts';
import { LineAccount, type MemberCounts } from './line-account.ts';

/** Reads one member with its source's parser, and accounts for every line. */
export class MemberReader implements MemberSink {
  readonly #account: LineAccount;
  readonly #splitter: LineSplitter;
  readonly #pause: () => Promise<void> | undefined;
  #closed = false;

  /**
   * `tables` gives the capture's builders, shared by all members that write one table; `rejects` is the builder of the
   * reject table. `pause` returns a promise when the reader is ahead of the store.
   */
  constructor(
    source: Source,
    context: MemberContext,
    tables: Tables,
    rejects: TableBuilder,
    pause: () => Promise<void> | undefined,
  ) {
    const account = new LineAccount(source, context, tables, rejects);
    this.#account = account;
    this.#pause = pause;
    this.#splitter = new LineSplitter(
      (bytes, start, end, lineNo, offset) => account.line(bytes, start, end, lineNo, offset),
      (lineNo, head) => account.refuse(lineNo, 'line too long', head),
    );
  }

  get counts(): MemberCounts {
    return this.#account.counts;
  }

  /** What the import has to say of the text itself; null where it is plain. */
  get note(): string | null {
    return this.#splitter.oddities.length === 0 ? null : this.#splitter.oddities.join('; ');
  }

  push(chunk: Uint8Array): Promise<void> | undefined {
    this.counts.bytes += chunk.length;
    this.#splitter.push(chunk);
    return this.#pause();
  }

  end(): Promise<void> {
    if (!this.#closed) {
      this.#splitter.end();
      this.#close();
    }
    return Promise.resolve();
  }

  /** Closes a member whose bytes stopped coming: a line that is not whole is rejected, it might read as something else. */
  cutOff(): void {
    if (this.#closed) return;
    const rest = this.#splitter.drop();
    if (rest !== null) this.#account.refuse(this.#splitter.lines, 'line cut with the archive', rest);
    this.#close();
  }

  #close(): void {
    this.#closed = true;
    this.#account.close();
  }
}
