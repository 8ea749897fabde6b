import type { DuckDBConnection } from '@duckdb/node-api';
import { type AnalyseOptions, analyse } from '../analyse.ts';
import type { Talker } from '../comparison-document.ts';
import type { Instant, Postmortem } from '../document.ts';
import type { QueryLibrary } from '../library.ts';
import { instantAt, numberAt, type Row, runQuery, textAt } from '../rows.ts';
import { dropScope, makeScope } from '../scope.ts';
import type { TimeBucket } from './judge-quantile.ts';

/** What is on one side: runs of the case, hosts where not all, and where it is a window of them, its borders. */
export interface SideChoice {
  readonly runs: readonly string[];
  readonly hosts?: readonly string[];
  readonly since?: Instant;
  readonly until?: Instant;
}

/** A series as it was recorded. */
export interface RawSeries {
  readonly run: string;
  readonly host: string;
  readonly metric: string;
  readonly dimension: string;
  readonly kind: 'gauge' | 'rate' | 'ratio';
  readonly unit: string;
  readonly title: string;
  readonly at: readonly number[];
  readonly value: readonly number[];
}

export interface RunFacts {
  readonly run: string;
  readonly host: string;
  readonly kernel: string | null;
  readonly os: string | null;
  readonly cpus: number | null;
  readonly collector: string | null;
  readonly boots: number;
  readonly boot: string | null;
  readonly samples: number;
  /** Moments of the samples, milliseconds since 1970 UTC. */
  readonly at: readonly number[];
  readonly start: Instant;
  readonly end: Instant;
}

export interface RequestTimes {
  readonly run: string;
  readonly host: string;
  readonly urlClass: string;
  readonly buckets: TimeBucket[];
}

/** A share of the requests, or of a listener, of the sockets. */
export interface SideTalker {
  readonly kind: Talker['kind'];
  readonly name: string;
  readonly share: number;
  /** Requests of the side, or sockets in a sample. */
  readonly total: number;
}

/** All that is read of one side. */
export interface SideData {
  readonly postmortem: Postmortem;
  readonly facts: readonly RunFacts[];
  readonly series: readonly RawSeries[];
  readonly times: readonly RequestTimes[];
  readonly mix: readonly { readonly name: string; readonly share: number }[];
  readonly talkers: readonly SideTalker[];
  readonly settings: readonly {
    readonly host: string;
    readonly kind: string;
    readonly key: string;
    readonly value: string;
  }[];
}

/** Diagnoses one side by itself and reads what is to be compared. Only temporary tables are made. */
export async function readSide(
  connection: DuckDBConnection,
  library: QueryLibrary,
  choice: SideChoice,
  options: Omit<AnalyseOptions, 'runs' | 'since' | 'until' | 'library'>,
): Promise<SideData> {
  const scoped = { ...options, ...choice, library };
  const postmortem = await analyse(connection, scoped);
  const tables = await makeScope(connection, scoped);
  try {
    const rows = (id: string): Promise<Row[]> => {
      const file = library.comparison.find((candidate) => candidate.id === id);
      if (file === undefined) throw new Error(`queries/comparison/${id}.sql is missing`);
      return runQuery(connection, file, {});
    };
    return {
      postmortem,
      facts: (await rows('facts')).map(readFacts),
      series: (await rows('series')).map(readSeries),
      times: readTimes(await rows('request-times')),
      mix: (await rows('request-mix')).map((row) => named(row, 'class')),
      talkers: (await rows('talkers')).map((row) => ({
        ...named(row, 'name'),
        kind: textAt(row, 'kind') as Talker['kind'],
        total: numberAt(row, 'total') ?? 0,
      })),
      settings: (await rows('settings-state')).map((row) => ({
        host: textAt(row, 'host') ?? '',
        kind: textAt(row, 'kind') ?? '',
        key: textAt(row, 'key') ?? '',
        value: textAt(row, 'value') ?? '',
      })),
    };
  } finally {
    await dropScope(connection, tables);
  }
}

function named(row: Row, column: string): { name: string; share: number } {
  return { name: textAt(row, column) ?? '', share: numberAt(row, 'share') ?? 0 };
}

function numbers(row: Row, column: string): number[] {
  const value = row[column];
  return Array.isArray(value) ? value.map(Number) : [];
}

function readFacts(row: Row): RunFacts {
  const at = numbers(row, 'at_ms');
  return {
    run: textAt(row, 'run') ?? '',
    host: textAt(row, 'host') ?? '',
    kernel: textAt(row, 'kernel'),
    os: textAt(row, 'os'),
    cpus: numberAt(row, 'cpus'),
    collector: textAt(row, 'collector'),
    boots: numberAt(row, 'boots') ?? 0,
    boot: textAt(row, 'boot'),
    samples: at.length,
    at,
    start: instantAt(row, 'first_ts') ?? '',
    end: instantAt(row, 'last_ts') ?? '',
  };
}

function readSeries(row: Row): RawSeries {
  return {
    run: textAt(row, 'run') ?? '',
    host: textAt(row, 'host') ?? '',
    metric: textAt(row, 'metric') ?? '',
    dimension: textAt(row, 'dimension') ?? '',
    kind: textAt(row, 'kind') as RawSeries['kind'],
    unit: textAt(row, 'unit') ?? '',
    title: textAt(row, 'title') ?? '',
    at: numbers(row, 'at_ms'),
    value: numbers(row, 'value'),
  };
}

function readTimes(rows: readonly Row[]): RequestTimes[] {
  const all = new Map<string, RequestTimes>();
  for (const row of rows) {
    const [run, host, urlClass] = [textAt(row, 'run') ?? '', textAt(row, 'host') ?? '', textAt(row, 'class') ?? ''];
    const key = JSON.stringify([run, host, urlClass]);
    const times = all.get(key) ?? { run, host, urlClass, buckets: [] };
    all.set(key, times);
    times.buckets.push({
      at: numberAt(row, 'bucket_ms') ?? 0,
      bins: numbers(row, 'bins'),
      counts: numbers(row, 'counts'),
    });
  }
  return [...all.values()];
}
