import type { Outline } from './outline.ts';

/** Bytes kept of a file's beginning and of its end. */
export const EDGE_BYTES = 4096;

/** One file of a bundle, as the first pass saw it. */
export interface Entry {
  /** Path inside the bundle. */
  readonly path: string;
  /** Bytes, after decompression. */
  readonly bytes: number;
  /** When it was last changed, microseconds since 1970 UTC; null when the archive does not say. */
  readonly modifiedUs: number | null;
  /** Its first and its last bytes as text, `EDGE_BYTES` each. */
  readonly head: string;
  readonly tail: string;
  /** Why it, or what follows of it, cannot be decompressed; null when it can, or is not compressed. */
  readonly damage: string | null;
  /** What its lines are; null where nobody asked. */
  readonly outline: Outline | null;
}

/** Something that several outputs tell; as the sources declare it. */
interface Fact {
  readonly name: string;
  readonly rank: number;
  readonly tells?: (member: string, sight: string) => string;
  readonly lesser?: RegExp;
}

/** What may be asked of the sources, whose names are only names here. */
export interface Recogniser {
  /** The source that claims a file of this path; null for none. */
  byPath(path: string): string | null;
  /**
   * As `byPath`, for a file of a bundle without an order of its own: its base name, or the path a command printed,
   * will do. With the pattern that claims it.
   */
  byName(path: string): { readonly source: string; readonly pattern: string } | null;
  /** Sources whose output begins with this line, the likeliest first. */
  byLine(line: string): readonly string[];
  /** Whether this line goes on with this source's output, though another one begins so. */
  keeps(source: string, line: string): boolean;
  /** Whether this source's output begins with such a line. */
  opens(source: string, line: string): boolean;
  /** Whether the source's lines carry their own times: a log. */
  isLog(source: string): boolean;
  /** The fact the source tells, and its rank among those that tell it; null where it is the only one. */
  fact(source: string): Fact | null;
  /** Whether the source's output holds its opening again and again. */
  opensAgain(source: string): boolean;
  /** Whether the source's files hold comments behind `#` or `;`. */
  hasComments(source: string): boolean;
}

/** The name after the last slash. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The folder of a path; empty at the top. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** A name without the suffix of its compression. */
export function withoutCompression(name: string): string {
  return name.replace(/\.(?:gz|xz|bz2|zst)$/i, '');
}
