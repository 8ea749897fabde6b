import type { PackedBatch } from '../base/batch.ts';
import type { CapturePath } from '../capture/find.ts';
import type { Limits } from '../capture/limits.ts';
import type { RowOrigin } from '../store/appender.ts';
import type { LogFormats } from './log-format.ts';

/** One archive or folder for a worker to read. */
export interface Job {
  readonly capture: CapturePath;
  /** Run its samples belong to; null: the sample's own label, else `default`. */
  readonly run: string | null;
  readonly sha256: string;
  /** Id of the first sample in it; further ones count from `moreIds`. */
  readonly firstId: number;
  readonly moreIds: number;
  /** What an earlier sample of the same host said of its logs. */
  readonly logFormats: LogFormats;
  /** LogFormat or its nickname that the user gave for access logs. */
  readonly logFormat: string | null;
  readonly limits: Limits;
}

/** What was read from one archive or folder. */
export interface JobResult {
  readonly samples: number;
  readonly lines: number;
  readonly rows: number;
  readonly rejects: number;
  /** Lines that could not be read, by source; those with none are left out. */
  readonly rejectsBySource: ReadonlyMap<string, number>;
  /** Entries left out, and why. */
  readonly notes: readonly string[];
  /** Why the archive could not be read to its end; null when it could. */
  readonly damage: string | null;
}

export type ToWorker =
  | { readonly type: 'job'; readonly job: Job }
  | { readonly type: 'ack'; readonly buffers: readonly ArrayBuffer[] };

/** Rows for one table, of one sample. */
export interface TableBatch {
  readonly origin: RowOrigin;
  readonly table: string;
  readonly batch: PackedBatch;
}

export type FromWorker =
  | { readonly type: 'batches'; readonly batches: readonly TableBatch[] }
  | { readonly type: 'formats'; readonly logFormats: LogFormats }
  | { readonly type: 'done'; readonly result: JobResult };
