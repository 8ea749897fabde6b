/** What a capture may ask of this machine. Uploaded evidence is hostile; every limit is here. */
export interface Limits {
  /** Entries in one archive or folder. */
  readonly entries: number;
  /** Bytes of all members together, after decompression. */
  readonly totalBytes: number;
  /** Decompressed bytes per compressed byte, looked at once `ratioFromBytes` have come out. */
  readonly ratio: number;
  readonly ratioFromBytes: number;
  /** Bytes of a member's name. */
  readonly nameBytes: number;
  /** Bytes of `manifest.tsv`. */
  readonly manifestBytes: number;
}

export const DEFAULT_LIMITS: Limits = {
  entries: 20_000,
  totalBytes: 64 * 2 ** 30,
  ratio: 400,
  ratioFromBytes: 256 * 2 ** 20,
  nameBytes: 1024,
  manifestBytes: 4 * 2 ** 20,
};
