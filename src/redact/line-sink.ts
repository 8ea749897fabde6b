import { MAX_LINE_BYTES } from '../base/lines.ts';
import { PlainText } from '../base/plain-text.ts';
import type { MemberSink } from '../capture/visitor.ts';

const LF = 10;
const CR = 13;
const HEAD_BYTES = 4096;
/** Control characters a text may have, in parts of its other bytes. */
const MOST_CONTROLS = 0.05;

/** Takes the lines of a text with what ends them: the line is `bytes[start, end)`, its end lies before `next`. */
export interface LineTaker {
  line(bytes: Buffer, start: number, end: number, next: number): void;
  /** A line of so many bytes, too long to be looked at. */
  long(length: number): void;
  /** The member is no text; nothing of it comes. */
  binary(): void;
  /** The lines of one chunk have been given; a promise where the giver should wait. */
  flush(): Promise<void> | undefined;
  end(): Promise<void>;
}

/** Cuts a member into lines, whole ones however the chunks lie. Memory is bounded by the longest line that is looked at. */
export class LineSink implements MemberSink {
  readonly #taker: LineTaker;
  readonly #text = new PlainText();
  #kept: Buffer = Buffer.alloc(0);
  /** Bytes so far of a line that is too long; 0 for none. */
  #long = 0;
  #judged = false;
  #isBinary = false;

  constructor(taker: LineTaker) {
    this.#taker = taker;
  }

  push(chunk: Uint8Array): Promise<void> | undefined {
    return this.#take(this.#text.isPlain ? chunk : this.#text.push(chunk));
  }

  async end(): Promise<void> {
    await this.#take(this.#text.end());
    const { length } = this.#kept;
    if (this.#long > 0) this.#taker.long(this.#long);
    else if (length > 0) this.#taker.line(this.#kept, 0, this.#kept[length - 1] === CR ? length - 1 : length, length);
    await this.#taker.flush();
    await this.#taker.end();
  }

  #take(text: Uint8Array): Promise<void> | undefined {
    if (text.length === 0 || this.#isBinary) return undefined;
    if (!this.#judged && isBinary(text.subarray(0, HEAD_BYTES))) {
      this.#isBinary = true;
      this.#taker.binary();
      return undefined;
    }
    this.#judged = true;
    this.#cut(Buffer.from(text.buffer, text.byteOffset, text.length));
    return this.#taker.flush();
  }

  #cut(text: Buffer): void {
    let start = 0;
    if (this.#kept.length > 0 || this.#long > 0) {
      const end = text.indexOf(LF);
      this.#keep(text.subarray(0, end < 0 ? text.length : end + 1));
      if (end < 0) return;
      this.#giveKept();
      start = end + 1;
    }
    for (let end = text.indexOf(LF, start); end >= 0; end = text.indexOf(LF, start)) {
      this.#give(text, start, end + 1);
      start = end + 1;
    }
    if (start < text.length) this.#keep(text.subarray(start));
  }

  #keep(more: Buffer): void {
    const length = this.#kept.length + more.length;
    if (this.#long > 0 || length > MAX_LINE_BYTES + 2) {
      this.#long += this.#long === 0 ? length : more.length;
      this.#kept = Buffer.alloc(0);
    } else {
      this.#kept = Buffer.concat([this.#kept, more]);
    }
  }

  #giveKept(): void {
    if (this.#long > 0) this.#taker.long(this.#long - 1);
    else this.#give(this.#kept, 0, this.#kept.length);
    this.#long = 0;
    this.#kept = Buffer.alloc(0);
  }

  #give(bytes: Buffer, start: number, next: number): void {
    const end = next - 1 > start && bytes[next - 2] === CR ? next - 2 : next - 1;
    if (end - start > MAX_LINE_BYTES) this.#taker.long(end - start);
    else this.#taker.line(bytes, start, end, next);
  }
}

/** Zeros alone do not count: a log that was cut while it was written begins with them. */
function isBinary(head: Uint8Array): boolean {
  let controls = 0;
  let others = 0;
  for (const byte of head) {
    if (byte === 0) continue;
    if (byte < 32 && byte !== 9 && byte !== LF && byte !== CR && byte !== 27) controls++;
    else others++;
  }
  return controls > others * MOST_CONTROLS;
}
