import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { loadSources, tablesOf } from '../../src/ingest/load-sources.ts';
import { schemaStatements } from '../../src/store/schema.ts';
import { projectRoot } from '../support/project.ts';

/** Raised when the rows change, so that no older case is measured. */
const VERSION = 1;
const CLI = join(import.meta.dirname, '../../src/cli/main.js');
const START = "timestamp '2026-01-05 00:00:00'";

export interface LongCase {
  readonly hours: number;
  readonly intervalS: number;
  readonly hosts: number;
  readonly listeners: number;
}

/**
 * A case file of one long run: the recorded calm of `samples/quiet` again and again, and the recorded outage of
 * `samples/worker-exhaustion` once in the middle, their clocks stretched to the interval. Made once. Only its size is of
 * interest; no rate in it means anything.
 */
export async function makeLongCase(wanted: LongCase): Promise<string> {
  const { hours, intervalS, hosts, listeners } = wanted;
  const path = join(tmpdir(), `lastack-bench-long-${VERSION}-${hours}h-${intervalS}s-${hosts}-${listeners}.duckdb`);
  if (existsSync(path)) return path;
  const folder = mkdtempSync(join(tmpdir(), 'lastack-bench-'));
  const unfinished = join(folder, 'long.duckdb');
  const instance = await DuckDBInstance.create(unfinished, { preserve_insertion_order: 'false', memory_limit: '4GB' });
  const connection = await instance.connect();
  try {
    const tables = tablesOf(await loadSources());
    for (const statement of schemaStatements(tables, '0.0.0-bench')) await connection.run(statement);
    for (const recording of ['quiet', 'worker-exhaustion']) await attach(connection, recording, folder);
    for (const statement of blocks(hours, intervalS)) await connection.run(statement);
    const captured = await timedTables(connection);
    for (const [name, times] of captured) await connection.run(copyOf(name, times));
    if (listeners > 1) await connection.run(moreListeners(listeners));
    if (hosts > 1) for (const name of captured.keys()) await connection.run(moreHosts(name, hosts));
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
  renameSync(unfinished, path);
  rmSync(folder, { recursive: true });
  console.log(`made ${path}, ${(statSync(path).size / 1e6).toFixed(0)} MB`);
  return path;
}

async function attach(connection: DuckDBConnection, recording: string, folder: string): Promise<void> {
  const file = join(folder, `${recording}.duckdb`);
  const args = [CLI, 'import', join(projectRoot, 'samples', recording), '--case', file, '--run', 'long', '--quiet'];
  const done = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`import of ${recording} failed: ${done.stderr}`);
  await connection.run(`attach '${file}' as "${recording}" (read_only)`);
}

/**
 * `block`: which recording fills which stretch of time. A recording's clock runs `stretch` times slower, and counters go
 * on where the block before left them.
 */
function blocks(hours: number, intervalS: number): readonly string[] {
  const span = (recording: string): string =>
    `select '${recording}' as recording, min(ts) as first_ts, any_value(${intervalS} / interval_s) as stretch,
      count(*) * ${intervalS} as length_s, max(capture_id) as captures from "${recording}".capture`;
  return [
    `create temp table recording_span as ${span('quiet')} union all ${span('worker-exhaustion')}`,
    `create temp table block as
      with place as (select n, case when n = (${hours} * 1800 / length_s)::bigint then 'worker-exhaustion' else 'quiet' end as recording
        from recording_span, range((${hours} * 3600 / length_s)::bigint) as t (n) where recording = 'quiet')
      select n, s.*, ${START} + to_seconds(sum(length_s) over before) as starts, sum(captures) over before as capture_offset
      from place join recording_span as s using (recording)
      window before as (order by n rows between unbounded preceding and current row exclude current row)`,
    'update block set starts = coalesce(starts, ' + START + '), capture_offset = coalesce(capture_offset, 0)',
    `create temp table counted as
      select recording, name, min(value) as first_value, max(value) - min(value) as growth
      from (select 'quiet' as recording, name, value from quiet.counter union all select 'worker-exhaustion', name, value from "worker-exhaustion".counter)
      group by all`,
    `create temp table counter_offset as
      select n, name, coalesce(sum(growth) over (partition by name order by n rows between unbounded preceding and 1 preceding), 0) - first_value as add_value
      from block join counted using (recording)`,
  ];
}

/** Every table of captured rows, and its columns of time. */
async function timedTables(connection: DuckDBConnection): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = await connection.runAndReadAll(
    `select table_name, coalesce(list(column_name) filter (data_type = 'TIMESTAMP'), []) from duckdb_columns()
     where database_name = current_database() and not internal group by 1
     having bool_or(column_name = 'capture_id') and bool_or(column_name = 'host') order by 1`,
  );
  return new Map(found.getRowsJson() as [string, string[]][]);
}

/** The rows of both recordings, moved to where their blocks stand. */
function copyOf(name: string, times: readonly string[]): string {
  const moved = times.map(
    (column) => `starts + to_microseconds(((epoch_us(${column}) - epoch_us(first_ts)) * stretch)::bigint) as ${column}`,
  );
  const replaced = [`(capture_id + capture_offset)::integer as capture_id`, ...moved];
  if (name === 'capture')
    replaced.push(
      "sha256 || '-' || n as sha256",
      "'long' as session",
      '(capture_id + capture_offset)::integer as sequence',
      '(interval_s * stretch) as interval_s',
    );
  if (name === 'counter') replaced.push('(value + add_value) as value');
  const more = name === 'counter' ? ' join counter_offset as o on o.n = block.n and o.name = c.name' : '';
  const from = ['quiet', 'worker-exhaustion'].map(
    (recording) =>
      `select c.* replace (${replaced.join(', ')}) from "${recording}".${name} as c join block on recording = '${recording}'${more}`,
  );
  return `insert into ${name} by name ${from.join(' union all by name ')}`;
}

/** The same listener under other port numbers. */
function moreListeners(listeners: number): string {
  return `insert into socket select * exclude (n) replace ((8000 + n)::integer as local_port)
    from socket, range(1, ${listeners}) as t (n) where state = 'LISTEN' and local_port = 80`;
}

/** The same rows under other host names. */
function moreHosts(name: string, hosts: number): string {
  const sha = name === 'capture' ? ", sha256 || '-' || n as sha256" : '';
  return `insert into ${name} select * exclude (n) replace (host || '-' || n as host, (capture_id + n * 1000000)::integer as capture_id${sha})
    from ${name}, range(1, ${hosts}) as t (n)`;
}
