/** One uploaded file of a case. */
export interface CaptureRecord {
  /** SHA-256 of the file, hexadecimal: the same file is the same capture. */
  readonly id: string;
  /** What it was called where it came from; hostile text without control characters. */
  readonly name: string;
  /** Its name on the disk. */
  readonly file: string;
  readonly bytes: number;
  /** Run it was uploaded for; null: its own label, else `default`. */
  readonly run: string | null;
  /** When it was there as a whole, ISO 8601. */
  readonly received: string;
  /** `waiting`: kept, and not read yet. `read`: in the case. `failed`: nothing of it could be read; `note` says why. */
  readonly state: 'waiting' | 'read' | 'failed';
  readonly samples: number;
  readonly rows: number;
  readonly rejects: number;
  /** What there is to say of it, one line; null when nothing. */
  readonly note: string | null;
}
