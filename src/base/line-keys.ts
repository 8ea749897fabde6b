const FNV_PRIME = 16_777_619;
const FNV_BASE = 2_166_136_261;
const MIX_PRIME = 2_246_822_519;
const TWO_21 = 2_097_152;
const GUARDS = 8192;
/** Distinct lines after which the ones not seen since are forgotten. Equal lines of a log lie close together. */
const LINES_KEPT = 4096;
/** `.1`, `-20261122`, `.2.gz`, `.old`: what rotation adds to the name of a log. */
const ROTATED = /(?:[.-]\d+|\.(?:gz|bz2|xz|zst|old))+$/;

/**
 * Tells a line of a log again when a later capture holds it too. `file` and `key` together are the line: the file's
 * inode and the place in it where the capture says so, else its name without what rotation adds, the content, and how
 * many equal lines came before.
 */
export class LineKeys {
  readonly file: string;
  readonly #sliceOffset: number;
  #high = 0;
  #low = 0;
  #counts = new Map<number, number>();
  #older = new Map<number, number>();

  /** `slice`: where the member lies in its file; null when that is not known. */
  constructor(member: string, slice: { readonly inode: string; readonly offset: number } | null) {
    this.#sliceOffset = slice === null ? -1 : slice.offset;
    this.file = slice === null ? fileName(member) : `inode=${slice.inode}`;
  }

  /**
   * The key of the line that begins `offset` bytes into the member. `context`: a number that is the same whenever this
   * line is read, its time or that of the line before; it sets apart what a file holds before and after it is emptied.
   */
  key(bytes: Uint8Array, start: number, end: number, offset: number, context: number): number {
    const seconds = Number.isNaN(context) ? 0 : Math.floor(context / 1e6) | 0;
    if (this.#sliceOffset >= 0) {
      const guard = Math.imul(seconds ^ Math.imul(end - start, MIX_PRIME), FNV_PRIME) >>> 19;
      return (this.#sliceOffset + offset) * GUARDS + guard;
    }
    this.#hash(bytes, start, end, seconds);
    const content = (this.#high >>> 0) * TWO_21 + (this.#low >>> 11);
    const before = this.#countOf(this.#high);
    return before === 0 ? content : (content + before * MIX_PRIME) % Number.MAX_SAFE_INTEGER;
  }

  /** How many equal lines came before. */
  #countOf(hash: number): number {
    const before = this.#counts.get(hash) ?? this.#older.get(hash) ?? 0;
    if (this.#counts.size >= LINES_KEPT) {
      this.#older = this.#counts;
      this.#counts = new Map();
    }
    this.#counts.set(hash, before + 1);
    return before;
  }

  /** Two sums over the bytes, four at a time. */
  #hash(bytes: Uint8Array, start: number, end: number, seed: number): void {
    let a = FNV_BASE ^ seed;
    let b = Math.imul(seed, MIX_PRIME) ^ (end - start);
    let i = start;
    for (const last = end - 3; i < last; i += 4) {
      const four = bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24);
      a = Math.imul(a ^ four, FNV_PRIME);
      a ^= a >>> 15;
      b = Math.imul(b + four, MIX_PRIME);
      b ^= b >>> 13;
    }
    for (; i < end; i++) {
      a = Math.imul(a ^ bytes[i]!, FNV_PRIME);
      b = Math.imul(b + bytes[i]!, MIX_PRIME);
    }
    this.#high = Math.imul(a ^ (a >>> 16), MIX_PRIME);
    this.#low = Math.imul(b ^ (b >>> 15), MIX_PRIME);
  }
}

/** The last folder and the name: folders above it differ from capture to capture. */
function fileName(member: string): string {
  return member.split('/').slice(-2).join('/').replace(ROTATED, '');
}
