import { PlainText } from './plain-text.ts';

/** Longest line that is looked at; a longer one is reported, its bytes are counted and dropped. */
export const MAX_LINE_BYTES: number = 1_048_576;

const LF = 10;
const CR = 13;

/** Takes one line; `bytes` is only valid during the call. `offset`: bytes of the stream before the line. */
export type OnLine = (bytes: Uint8Array, start: number, end: number, lineNo: number, offset: number) => void;

/**
 * Cuts a stream of chunks into lines (LF or CRLF), whatever the chunk borders. Lines are numbered from 1. A text written in
 * another way (UTF-16, CR alone, terminal colours) is made plain on the way.
 * A last line without a line feed is a line. Memory is bounded by `MAX_LINE_BYTES`.
 */
export class LineSplitter {
  lines = 0;
  readonly #text = new PlainText();
  readonly #onLine: OnLine;
  readonly #onLong: (lineNo: number, head: Uint8Array) => void;
  #kept: Uint8Array<ArrayBuffer> = new Uint8Array(4096);
  #keptLength = 0;
  /** Where in the stream the chunk begins, and the line that is kept. */
  #chunkAt = 0;
  #keptAt = 0;
  #overlong = false;

  /** `onLong` gets the first bytes of a line longer than `MAX_LINE_BYTES`. */
  constructor(onLine: OnLine, onLong: (lineNo: number, head: Uint8Array) => void) {
    this.#onLine = onLine;
    this.#onLong = onLong;
  }

  /** In what the text differed from plain UTF-8, in words; known once it has begun. */
  get oddities(): readonly string[] {
    return this.#text.oddities;
  }

  push(chunk: Uint8Array): void {
    this.#cut(this.#text.isPlain ? chunk : this.#text.push(chunk));
  }

  #cut(chunk: Uint8Array): void {
    // Buffers and plain arrays in turns would keep every parser's compiled code from settling on one of them.
    const bytes = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.length);
    let start = 0;
    if (this.#keptLength > 0 || this.#overlong) {
      const end = chunk.indexOf(LF);
      if (end < 0) {
        this.#keep(bytes, 0, bytes.length);
        this.#chunkAt += bytes.length;
        return;
      }
      this.#keep(bytes, 0, end);
      this.#emitKept();
      start = end + 1;
    }
    for (;;) {
      const end = chunk.indexOf(LF, start);
      if (end < 0) break;
      if (end - start > MAX_LINE_BYTES) {
        this.#onLong(++this.lines, bytes.subarray(start, start + 120));
      } else {
        const textEnd = end > start && bytes[end - 1] === CR ? end - 1 : end;
        this.#onLine(bytes, start, textEnd, ++this.lines, this.#chunkAt + start);
      }
      start = end + 1;
    }
    if (start < bytes.length) {
      this.#keptAt = this.#chunkAt + start;
      this.#keep(bytes, start, bytes.length);
    }
    this.#chunkAt += bytes.length;
  }

  end(): void {
    this.#cut(this.#text.end());
    if (this.#keptLength > 0 || this.#overlong) this.#emitKept();
  }

  /** Forgets a last line without a line feed, counts it, and returns its bytes; null where there is none. */
  drop(): Uint8Array | null {
    this.#cut(this.#text.end());
    if (this.#keptLength === 0 && !this.#overlong) return null;
    this.lines++;
    const rest = this.#kept.subarray(0, this.#keptLength);
    this.#keptLength = 0;
    this.#overlong = false;
    return rest;
  }

  #keep(chunk: Uint8Array, start: number, end: number): void {
    if (this.#overlong) return;
    const length = this.#keptLength + end - start;
    if (length > MAX_LINE_BYTES) {
      if (this.#keptLength < 120) this.#keep(chunk, start, start + 120);
      this.#overlong = true;
      return;
    }
    if (length > this.#kept.length) {
      const grown = new Uint8Array(Math.max(this.#kept.length * 2, length));
      grown.set(this.#kept.subarray(0, this.#keptLength));
      this.#kept = grown;
    }
    this.#kept.set(chunk.subarray(start, end), this.#keptLength);
    this.#keptLength = length;
  }

  #emitKept(): void {
    const lineNo = ++this.lines;
    const length = this.#keptLength;
    this.#keptLength = 0;
    if (this.#overlong) {
      this.#overlong = false;
      this.#onLong(lineNo, this.#kept.subarray(0, Math.min(length, 120)));
      return;
    }
    const textEnd = length > 0 && this.#kept[length - 1] === CR ? length - 1 : length;
    this.#onLine(this.#kept, 0, textEnd, lineNo, this.#keptAt);
  }
}
