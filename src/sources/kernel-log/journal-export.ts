import { KNOWN, type LineOutcome, ROW } from '../source.ts';
import type { JournalEntry } from './journal-entry.ts';

const LF = 10;
const LENGTH_BYTES = 8;
/** A field that is longer is not read. */
const LONGEST = 65_536;
const FIELD = /^([A-Z_][A-Z0-9_]{0,63})=(.*)$/s;
const BINARY = /^[A-Z_][A-Z0-9_]{0,63}$/;
const FIRST = /^__[A-Z_]{1,62}=/;
const VERBOSE = /^[A-Z][a-z]{2} \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6} \S{1,9} \[(s=[^\]]{1,300})\]$/;
const VERBOSE_FIELD = /^ {4}([A-Z_][A-Z0-9_]{0,63})=(.*)$/s;

/**
 * `journalctl -o export`: fields a line each, a blank line behind each entry. A value that is no plain text comes as
 * the field's name on a line of its own, eight bytes of length, the bytes, a line feed. And `-o verbose`: a line with
 * the time and the cursor, fields indented below.
 */
export class JournalExport {
  readonly #entry: JournalEntry;
  readonly #emit: () => boolean;
  readonly #decoder = new TextDecoder();
  #dialect: 'export' | 'verbose' | null = null;
  #binaryKey = '';
  #binary: number[] = [];
  #breaks = 0;

  /** `emit` writes the entry; false when it has no message. */
  constructor(entry: JournalEntry, emit: () => boolean) {
    this.#entry = entry;
    this.#emit = emit;
  }

  /** What the line is; null when it belongs to another dialect. */
  read(bytes: Uint8Array): LineOutcome | null {
    if (this.#binaryKey !== '') return this.#more(bytes);
    if (bytes.length === 0) return this.#dialect === null ? null : this.#close();
    const first = bytes[0]!;
    const text =
      first === 95 || this.#dialect !== null || (first >= 65 && first <= 90) ? this.#decoder.decode(bytes) : '';
    if (this.#dialect === 'export') return this.#field(text);
    const cursor = VERBOSE.exec(text)?.[1];
    if (cursor !== undefined) {
      const outcome = this.#dialect === null ? KNOWN : this.#close();
      this.#dialect = 'verbose';
      this.#entry.set('__CURSOR', cursor);
      return outcome;
    }
    if (this.#dialect === 'verbose') {
      const field = VERBOSE_FIELD.exec(text);
      if (field !== null) this.#entry.set(field[1]!, field[2]!);
      return KNOWN;
    }
    if (!FIRST.test(text)) return null;
    this.#dialect = 'export';
    return this.#field(text);
  }

  /** Writes an entry that no blank line ended. */
  end(): void {
    if (this.#dialect !== null && !this.#entry.isEmpty) this.#emit();
  }

  #close(): LineOutcome {
    if (this.#dialect === 'export') this.#dialect = null;
    if (this.#entry.isEmpty) return KNOWN;
    return this.#emit() ? ROW : 'journal entry without a message';
  }

  #field(text: string): LineOutcome {
    const field = FIELD.exec(text);
    if (field !== null) {
      this.#entry.set(field[1]!, field[2]!);
      return KNOWN;
    }
    if (!BINARY.test(text)) return 'not a field of a journal entry';
    this.#binaryKey = text;
    this.#binary = [];
    this.#breaks = -1;
    return KNOWN;
  }

  /** A line of a binary value. Carriage returns before line feeds were taken off: so many bytes may lack. */
  #more(bytes: Uint8Array): LineOutcome {
    const lacks = this.#lacks();
    if (this.#breaks >= 0) {
      if (lacks > 0 && lacks <= this.#breaks + 1 && (bytes.length === 0 || FIELD.test(this.#decoder.decode(bytes)))) {
        this.#finish();
        return this.read(bytes) ?? KNOWN;
      }
      this.#binary.push(LF);
    }
    this.#breaks++;
    if (this.#binary.length + bytes.length > LONGEST) return this.#giveUp();
    for (const byte of bytes) this.#binary.push(byte);
    const left = this.#lacks();
    if (left > LONGEST) return this.#giveUp();
    if (left <= 0) this.#finish();
    return KNOWN;
  }

  /** Bytes that are still to come. */
  #lacks(): number {
    if (this.#binary.length < LENGTH_BYTES) return 1;
    let length = 0;
    for (let i = LENGTH_BYTES - 1; i >= 0; i--) length = length * 256 + this.#binary[i]!;
    return LENGTH_BYTES + length - this.#binary.length;
  }

  #finish(): void {
    this.#entry.set(this.#binaryKey, this.#decoder.decode(Uint8Array.from(this.#binary.slice(LENGTH_BYTES))));
    this.#binaryKey = '';
    this.#binary = [];
  }

  #giveUp(): string {
    this.#binaryKey = '';
    this.#binary = [];
    return 'binary field too long';
  }
}
