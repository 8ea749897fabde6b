import type { Kind, Pseudonyms } from './pseudonyms.ts';
import type { Form, Span } from './spans.ts';

const SPACE = 32;

/** How often each kind was replaced. */
export type Counts = Record<Kind, number>;

/** Counters at zero. */
export function noCounts(): Counts {
  return { ip: 0, mac: 0, host: 0, user: 0, value: 0 };
}

/**
 * Writes lines with their spans replaced into a buffer that grows. Where a pseudonym is longer or shorter than what it
 * stands for, the next run of blanks takes up the difference, so that columns stay below their headers.
 */
export class LineWriter {
  readonly counts: Counts = noCounts();
  readonly #pseudonyms: Pseudonyms;
  #out: Buffer = Buffer.allocUnsafe(1 << 16);
  #length = 0;
  /** How far what was written is ahead of the line it came from. */
  #drift = 0;

  constructor(pseudonyms: Pseudonyms) {
    this.#pseudonyms = pseudonyms;
  }

  get length(): number {
    return this.#length;
  }

  /** What was written since; valid until the next line. */
  take(): Buffer {
    const taken = this.#out.subarray(0, this.#length);
    this.#length = 0;
    return taken;
  }

  /** Writes `bytes[start, end)` with the spans, which are positions behind `start`, replaced. */
  line(bytes: Buffer, start: number, end: number, spans: readonly Span[], rightAligned: boolean): void {
    this.#drift = 0;
    let at = start;
    for (const span of spans) {
      const from = start + span.start;
      const to = start + span.end;
      const original = bytes.toString('latin1', from, to);
      const pseudonym = this.#fitted(this.#replace(span.form, original), span);
      this.#copy(bytes, at, from);
      if (rightAligned && span.form === 'ip') this.#makeRoom(pseudonym.length - original.length);
      this.#text(pseudonym);
      this.#drift += pseudonym.length - original.length;
      at = to;
    }
    this.#copy(bytes, at, end);
  }

  /** Writes bytes as they are. */
  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#out.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  #replace(form: Form, original: string): string {
    const pseudonyms = this.#pseudonyms;
    const kind: Kind = form === 'hex' || form === 'bare-hex' || form === 'cut' ? 'ip' : form;
    const pseudonym =
      form === 'hex'
        ? pseudonyms.hex(original)
        : form === 'bare-hex'
          ? pseudonyms.bareHex(original)
          : form === 'cut'
            ? pseudonyms.cut(original)
            : pseudonyms.of(form, original);
    if (pseudonym !== original) this.counts[kind]++;
    return pseudonym;
  }

  #fitted(pseudonym: string, { form, width }: Span): string {
    if (width === undefined || (pseudonym.length >= width[0] && pseudonym.length <= width[1])) return pseudonym;
    if (form === 'ip') return pseudonym.slice(0, width[1]);
    return `${pseudonym}${this.#pseudonyms.filling(pseudonym, width[0])}`.slice(0, width[1]);
  }

  #copy(bytes: Buffer, start: number, end: number): void {
    if (this.#drift === 0) {
      this.raw(bytes.subarray(start, end));
      return;
    }
    let at = start;
    for (let i = start; i + 1 < end && this.#drift !== 0; i++) {
      if (bytes[i] !== SPACE || bytes[i + 1] !== SPACE) continue;
      let run = 2;
      while (i + run < end && bytes[i + run] === SPACE) run++;
      this.raw(bytes.subarray(at, i));
      const width = Math.max(1, run - this.#drift);
      this.#blanks(width);
      this.#drift += width - run;
      at = i + run;
      i = at - 1;
    }
    this.raw(bytes.subarray(at, end));
  }

  /** Widens or narrows the blanks just written, for text that ends where its column does. */
  #makeRoom(more: number): void {
    let run = 0;
    while (run < this.#length && this.#out[this.#length - 1 - run] === SPACE) run++;
    if (run < 2) return;
    const width = Math.max(1, run - more);
    this.#length -= run;
    this.#blanks(width);
    this.#drift += width - run;
  }

  #blanks(count: number): void {
    this.#reserve(count);
    this.#out.fill(SPACE, this.#length, this.#length + count);
    this.#length += count;
  }

  #text(text: string): void {
    this.#reserve(text.length);
    this.#length += this.#out.write(text, this.#length, 'latin1');
  }

  #reserve(bytes: number): void {
    const needed = this.#length + bytes;
    if (needed <= this.#out.length) return;
    const grown = Buffer.allocUnsafe(Math.max(needed, this.#out.length * 2));
    grown.set(this.#out.subarray(0, this.#length));
    this.#out = grown;
  }
}
