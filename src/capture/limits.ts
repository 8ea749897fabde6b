/** What a capture may ask of this machine. Uploaded evidence is hostile; every limit is here, docs/hostile-input.md tells them. */
export interface Limits {
  /** Entries in one archive or folder. */
  readonly entries: number;
  /** Bytes of one archive or folder, after decompression. */
  readonly totalBytes: number;
  /** Decompressed bytes per compressed byte, looked at once `ratioFromBytes` have come out. */
  readonly ratio: number;
  readonly ratioFromBytes: number;
  /** Bytes of a member's name. */
  readonly nameBytes: number;
  /** Bytes from the end of one entry of a tar archive to the data of the next: long names, attributes, padding. */
  readonly headerBytes: number;
  /** Attributes of an entry (pax records). */
  readonly attributes: number;
  /** Bytes of `manifest.tsv`. */
  readonly manifestBytes: number;
}

export const DEFAULT_LIMITS: Limits = {
  entries: 20_000,
  totalBytes: 64 * 2 ** 30,
  ratio: 400,
  ratioFromBytes: 256 * 2 ** 20,
  nameBytes: 1024,
  headerBytes: 2 ** 20,
  attributes: 256,
  manifestBytes: 4 * 2 ** 20,
};
