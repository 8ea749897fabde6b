import type { ColumnValues } from './batch.ts';
import { ColumnBuilder, FIRST_ROWS } from './column-builder.ts';
import { cutText, MAX_TEXT_BYTES } from './cut-text.ts';
import { HashDictionary } from './hash-dictionary.ts';

/** New texts of a window for which a column is taken for one that hardly repeats, and for how many windows. */
const MOSTLY_NEW = 768;
const WINDOWS_UNLOOKED = 7;
/** What an entry costs beside its bytes: empty texts must not add up either. */
const ENTRY_BYTES = 32;

/**
 * Text, dictionary-encoded: a repeated string costs four bytes a row. Where hardly any text repeats, as the addresses of a
 * flood, most rows get an entry of their own without a look at those there are.
 */
export class TextColumn extends ColumnBuilder {
  #codes: Int32Array<ArrayBuffer> = new Int32Array(FIRST_ROWS);
  readonly #dictionary: HashDictionary = new HashDictionary();
  /** Windows of rows left, the current one among them, in which texts are not looked up. */
  #unlooked = 0;
  #sizeBefore = 0;

  /** Bytes of the texts so far, and some for each of them. */
  get textBytes(): number {
    return this.#dictionary.byteLength + this.#dictionary.size * ENTRY_BYTES;
  }

  /** The bytes `source[start, end)` as they are, UTF-8 or not; the store spells out what is none. */
  setBytes(source: Uint8Array, start: number, end: number): void {
    if (end - start > MAX_TEXT_BYTES) {
      const cut = cutText(source, start, end);
      this.#codes[this.row] = this.#dictionary.code(cut, 0, cut.length);
    } else {
      const dictionary = this.#dictionary;
      this.#codes[this.row] =
        this.#unlooked > 0 ? dictionary.add(source, start, end) : dictionary.code(source, start, end);
    }
    this.mark();
  }

  /** A text of ours (a state name, a constant); for few distinct values. */
  setText(text: string): void {
    if (text.length > MAX_TEXT_BYTES) {
      const bytes = new TextEncoder().encode(text);
      this.setBytes(bytes, 0, bytes.length);
      return;
    }
    this.#codes[this.row] = this.#dictionary.codeOfText(text);
    this.mark();
  }

  /** To be called after each window of rows: judges from it how the next ones are to be read. */
  judge(): void {
    const { size } = this.#dictionary;
    if (this.#unlooked > 0) this.#unlooked--;
    else if (size - this.#sizeBefore > MOSTLY_NEW) this.#unlooked = WINDOWS_UNLOOKED;
    this.#sizeBefore = size;
  }

  override reset(rows: number): void {
    super.reset(rows);
    if (!this.#dictionary.isWorthKeeping(rows)) {
      this.#dictionary.reset();
      this.#codes.fill(0);
    }
    this.#sizeBefore = this.#dictionary.size;
  }

  protected override growValues(rows: number): void {
    const codes = new Int32Array(rows);
    codes.set(this.#codes);
    this.#codes = codes;
  }

  /** A row that is not set has the code of some entry. */
  protected override values(rows: number, validity: Uint8Array<ArrayBuffer> | null): ColumnValues {
    return { values: this.#codes.subarray(0, rows), validity, texts: this.#dictionary.texts() };
  }
}
