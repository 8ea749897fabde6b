import type { ColumnValues } from './batch.ts';

/** Rows a column begins with room for. */
export const FIRST_ROWS = 64;

/** Bits set in each byte. */
const BITS_SET: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length);

/**
 * A column being filled. Set the value of the current row, or leave it: a row not set is null.
 * Every setter takes effect for the row that the builder's next `next()` closes.
 */
export abstract class ColumnBuilder {
  readonly name: string;
  /** Index of the current row; moved by the table builder. */
  row = 0;
  protected validity: Uint8Array<ArrayBuffer> = new Uint8Array(FIRST_ROWS >> 3);

  constructor(name: string) {
    this.name = name;
  }

  protected mark(): void {
    const row = this.row;
    this.validity[row >> 3]! |= 1 << (row & 7);
  }

  /** Makes the current row null again. */
  clear(): void {
    this.validity[this.row >> 3]! &= ~(1 << (this.row & 7));
  }

  /** Whether the current row has been set. */
  get isSet(): boolean {
    return (this.validity[this.row >> 3]! & (1 << (this.row & 7))) !== 0;
  }

  /** Makes room for so many rows. */
  grow(rows: number): void {
    const validity = new Uint8Array(rows >> 3);
    validity.set(this.validity);
    this.validity = validity;
    this.growValues(rows);
  }

  /** The first rows, as views that hold until the next row is set; null when none of them is set. */
  data(rows: number): ColumnValues | null {
    const set = countSet(this.validity, rows);
    if (set === 0) return null;
    return this.values(rows, set === rows ? null : this.validity.subarray(0, (rows + 7) >> 3));
  }

  /** Begins anew at the first row, in the same buffers, after a batch of so many rows. */
  reset(_rows: number): void {
    this.validity.fill(0);
    this.row = 0;
  }

  protected abstract growValues(rows: number): void;
  protected abstract values(rows: number, validity: Uint8Array<ArrayBuffer> | null): ColumnValues;
}

/** Rows set among the first ones. */
function countSet(validity: Uint8Array, rows: number): number {
  let set = 0;
  const whole = rows >> 3;
  for (let i = 0; i < whole; i++) set += BITS_SET[validity[i]!]!;
  return set + BITS_SET[(validity[whole] ?? 0) & ((1 << (rows & 7)) - 1)]!;
}
