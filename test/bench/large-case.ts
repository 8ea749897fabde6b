import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { loadSources, tablesOf } from '../../src/ingest/load-sources.ts';
import { CASE_SCHEMA_VERSION, schemaStatements } from '../../src/store/schema.ts';

/** Raised when the rows change, so that no older case is measured. */
const VERSION = 1;
export const SOCKETS = 20_000;
export const ENTRIES = 100_000;

/** A case file of one host, `samples` samples 5 s apart with 20 000 sockets and 100 000 conntrack entries each; made once. */
export async function makeLargeCase(samples: number): Promise<string> {
  const path = join(tmpdir(), `lastack-bench-case-${CASE_SCHEMA_VERSION}-${VERSION}-${samples}.duckdb`);
  if (existsSync(path)) return path;
  await writeLargeCase(path, samples, SOCKETS, ENTRIES);
  console.log(`made ${path}, ${(statSync(path).size / 1e6).toFixed(0)} MB`);
  return path;
}

/** Writes such a case, with so many sockets and conntrack entries in each sample. */
export async function writeLargeCase(path: string, samples: number, sockets: number, entries: number): Promise<void> {
  const unfinished = `${path}.part`;
  rmSync(unfinished, { force: true });
  const instance = await DuckDBInstance.create(unfinished, { preserve_insertion_order: 'false', memory_limit: '2GB' });
  const connection = await instance.connect();
  for (const statement of [
    ...schemaStatements(tablesOf(await loadSources()), '0.0.0-bench'),
    ...rows(samples, sockets, entries),
  ])
    await connection.run(statement);
  connection.closeSync();
  instance.closeSync();
  renameSync(unfinished, path);
}

const TS = "timestamp '2026-01-05 12:00:00' + to_seconds(5 * n)";
const PEER = "'10.' || 1 + i % 3 || '.' || (i * 7919) % 200 || '.' || (i * 104729) % 250";
const STATE = `case when i % 20 < 8 then 'ESTABLISHED' when i % 20 < 16 then 'TIME_WAIT' when i % 20 = 16 then 'FIN_WAIT2'
  when i % 20 = 17 then 'CLOSE_WAIT' when i % 20 = 18 then 'LAST_ACK' else 'SYN_RECV' end`;

/** Half an hour of calm, then twice the sockets in some states and overflows: the findings have something to do. */
function rows(samples: number, sockets: number, entries: number): readonly string[] {
  const of = (table: string, columns: string, from: string): string =>
    `insert into ${table} by name select n as capture_id, 'bench1' as host, ${TS} as ts, ${columns} from range(${samples}) as t (n)${from}`;
  return [
    of(
      'capture',
      "'bench' as run, 'boot' as boot_id, 'sample-' || n as source_path, 's' || n as sha256, 5.0 as interval_s",
      '',
    ),
    of(
      'coverage',
      "source, source as member, 'collected' as status, 1 as lines, 1 as rows, 0 as rejects, 1 as bytes",
      ", (select unnest(['ss', 'proc-net-counters', 'conntrack', 'conntrack-stat', 'conntrack-count', 'kernel-log', 'access-log', 'error-log', 'apache-status']) as source)",
    ),
    of(
      'socket',
      `'tcp' as netid, 'LISTEN' as state, case when n > ${samples / 2} then 300 else 0 end as recv_q, 511 as send_q, '*' as local_addr, port as local_port, '*' as peer_addr, 6 as family, 10 as inode`,
      ', (select unnest([80, 443]) as port)',
    ),
    of(
      'socket',
      `'tcp' as netid, ${STATE} as state, 0 as recv_q, 0 as send_q, '198.51.100.7' as local_addr,
        case when i % 10 = 0 then 32768 + i else 443 end as local_port, case when i % 10 = 0 then '10.9.0.' || i % 40 else ${PEER} end as peer_addr,
        case when i % 10 = 0 then 9000 else 1024 + (i * 31 + n) % 60000 end as peer_port, case when i % 10 = 0 then 4 else 6 end as family,
        case when i % 20 < 8 then 1000 + i else 0 end as inode, case when i % 20 < 8 then 20 + i % 80 end as rtt_ms, case when i % 20 < 8 then 220.0 end as rto_ms,
        case when i % 20 < 8 then 10 end as cwnd, case when i % 20 < 8 then n % 40 end as retrans_total, case when i % 20 < 8 then 5000 * n end as bytes_sent,
        case when i % 20 < 8 then 5000 * n end as bytes_acked, case when i % 20 < 8 then 800 * n end as bytes_received, case when i % 20 < 8 then 10 * n end as segs_out`,
      `, range(${sockets}) as s (i)`,
    ),
    of(
      'conntrack',
      `'ipv4' as l3proto, 'tcp' as l4proto, ${STATE} as state, 60 as timeout_s, ${PEER} as src, '198.51.100.7' as dst, 1024 + (i * 31 + n) % 60000 as sport,
        443 as dport, '198.51.100.7' as reply_src, ${PEER} as reply_dst, 443 as reply_sport, 1024 + (i * 31 + n) % 60000 as reply_dport, i % 20 < 19 as assured,
        i % 100 = 99 as unreplied, 10 as packets, 1000 as bytes`,
      `, range(${entries}) as s (i)`,
    ),
    of('conntrack_fill', `${ENTRIES} as entries, 262144 as max_entries`, ''),
    of(
      'conntrack_stat',
      'cpu, 0 as invalid, 0 as insert_failed, 0 as dropped, 0 as early_drop',
      ', range(8) as c (cpu)',
    ),
    of('counter', "'TcpExt' || 'Counter' || i as name, n * i as value", ', range(300) as c (i)'),
    of(
      'counter',
      `name, 1000 + greatest(0, n - ${samples / 2}) * 100 as value`,
      ", (select unnest(['TcpExtListenOverflows', 'TcpExtListenDrops', 'TcpPassiveOpens', 'TcpRetransSegs']) as name)",
    ),
    of(
      'apache_status',
      'case when n > ' +
        `${samples / 2} then 400 else 100 end as busy_workers, case when n > ${samples / 2} then 0 else 300 end as idle_workers, 'event' as mpm`,
      '',
    ),
    of(
      'access_log',
      `${TS} as end_ts, ${PEER} as client, 'GET' as method, '/page/' || i % 300 as path, case when i % 50 = 0 then 502 else 200 end as status, 20000 + i * 37 % 90000 as duration_us,
        'logs/access/access.log' as member, n * 1000 + i as line_no`,
      ', range(1000) as s (i)',
    ),
    of(
      'error_log',
      "'proxy_http' as module, 'error' as level, 'AH01102' as code, 70007 as errno, 'error reading status line from remote server 10.9.0.1:9000' as message, 'logs/error/error.log' as member, n * 10 + i as line_no",
      ', range(5) as s (i)',
    ),
  ];
}
