import type { DuckDBConnection } from '@duckdb/node-api';
import { type CaseNote, readNotes } from './notes.ts';

/** What a case holds, without looking at the evidence. */
export interface CaseSummary {
  /** Samples of one host in one run; times are ISO 8601, UTC. */
  readonly runs: readonly {
    readonly run: string;
    readonly host: string;
    readonly start: string;
    readonly end: string;
    readonly samples: number;
  }[];
  /** Sums over the coverage. */
  readonly lines: number;
  readonly rows: number;
  readonly rejects: number;
  readonly notes: readonly CaseNote[];
}

/** What one archive gave, by the hash of its file. */
export interface CaptureContent {
  readonly samples: number;
  readonly rows: number;
  readonly rejects: number;
}

/** Reads the summary of a case. */
export async function readCaseSummary(connection: DuckDBConnection): Promise<CaseSummary> {
  const runs = await connection.runAndReadAll(
    `select run, host, epoch_ms(min(ts)) as first, epoch_ms(max(ts)) as last, count(*) as samples
     from capture group by run, host order by run, host`,
  );
  const sums = await connection.runAndReadAll(
    'select coalesce(sum(lines), 0), coalesce(sum(rows), 0), coalesce(sum(rejects), 0) from coverage',
  );
  const [lines, rows, rejects] = sums.getRows()[0]!.map(Number);
  return {
    runs: runs.getRows().map(([run, host, first, last, samples]) => ({
      run: String(run),
      host: String(host),
      start: new Date(Number(first)).toISOString(),
      end: new Date(Number(last)).toISOString(),
      samples: Number(samples),
    })),
    lines: lines!,
    rows: rows!,
    rejects: rejects!,
    notes: await readNotes(connection),
  };
}

/** What the archive with this hash gave; zeros where the case does not hold it. */
export async function readCaptureContent(connection: DuckDBConnection, sha256: string): Promise<CaptureContent> {
  const reader = await connection.runAndReadAll(
    `select count(distinct capture_id), coalesce(sum(rows), 0), coalesce(sum(rejects), 0)
     from capture left join coverage using (capture_id) where sha256 = $1`,
    [sha256],
  );
  const [samples, rows, rejects] = reader.getRows()[0]!.map(Number);
  return { samples: samples!, rows: rows!, rejects: rejects! };
}
