import type { DuckDBConnection } from '@duckdb/node-api';
import { type Moment, SOURCES, type SourceId } from './moment.ts';
import type { HostRun, Plan } from './scenario.ts';
import { EXPAND, STAGE } from './write-statements.ts';

export const START = '2026-01-05 06:00:00';
/** What the tables of each source are. */
export const TABLES: Readonly<Record<SourceId, readonly string[]>> = {
  ss: ['socket'],
  'proc-net-counters': ['counter'],
  conntrack: ['conntrack'],
  'conntrack-count': ['conntrack_fill'],
  'conntrack-stat': ['conntrack_stat'],
  'kernel-log': ['kernel_log'],
  'access-log': ['access_log'],
  'error-log': ['error_log'],
  'apache-status': ['apache_status'],
};

type Rows = Record<string, string | number | boolean | null>[];

/** Writes the run into the empty tables of a case. */
export async function writeCase(connection: DuckDBConnection, plan: Plan, hosts: readonly HostRun[]): Promise<void> {
  const rows = collect(plan, hosts);
  for (const [name, columns] of Object.entries(STAGE)) {
    const shape = JSON.stringify([columns]);
    await connection.run(
      `create or replace temp table ${name} as select unnest(from_json($rows::json, '${shape}'), recursive := true)`,
      { rows: JSON.stringify(rows[name] ?? []) },
    );
  }
  for (const statement of EXPAND) await connection.run(statement);
  if (plan.missing === null) return;
  for (const table of TABLES[plan.missing]) await connection.run(`delete from ${table}`);
}

/** Empties what `writeCase` fills. */
export async function emptyCase(connection: DuckDBConnection): Promise<void> {
  for (const table of ['capture', 'coverage', 'sysctl', 'setting', ...Object.values(TABLES).flat()])
    await connection.run(`truncate ${table}`);
}

function collect(plan: Plan, hosts: readonly HostRun[]): Record<string, Rows> {
  const rows: Record<string, Rows> = Object.fromEntries(Object.keys(STAGE).map((name) => [name, []]));
  hosts.forEach((run, place) => {
    const { host, settings } = run;
    const totals = new Totals(plan.seed + place);
    const taken = run.moments.filter((moment) => !moment.lost);
    const lastId = 1000 * place + (taken.at(-1)?.n ?? 0);
    settingsOf(run).forEach((row) =>
      rows['sim_setting']!.push({ host, id: 1000 * place + (taken[0]?.n ?? 0), ...row }),
    );
    for (const moment of run.moments) {
      const at = { id: 1000 * place + moment.n, host, at_s: moment.atS };
      totals.add(moment);
      things(moment, at, rows);
      if (moment.lost) continue;
      rows['sim_sample']!.push({
        ...at,
        interval: plan.intervalS,
        boot: `boot-${place}-${moment.boot}`,
        queue: moment.queue,
        backlog: Math.min(settings.listenBacklog, settings.somaxconn),
        busy: Math.min(settings.workers, moment.busy),
        idle: Math.max(0, settings.workers - moment.busy),
        letter: moment.letter,
        answered: moment.answered,
        most: settings.conntrackMax,
        drops: totals.drops,
        last: at.id === lastId,
      });
      for (const [name, value] of totals.values) rows['sim_counter']!.push({ ...at, name, value });
      for (const source of SOURCES) rows['sim_coverage']!.push({ ...at, source, status: status(source, moment, plan) });
    }
  });
  return rows;
}

function things(moment: Moment, at: { id: number; host: string; at_s: number }, rows: Record<string, Rows>): void {
  const groups = moment.lost ? [] : moment.sockets;
  groups.forEach((group, place) => {
    if (group.count > 0) rows['sim_socket']!.push({ ...at, place, ...group });
  });
  if (!moment.lost) rows['sim_elsewhere']!.push({ ...at, count: moment.trackedElsewhere });
  for (const one of moment.requests)
    if (one.count > 0) rows['sim_request']!.push({ ...at, span: moment.spanS, client: null, ...one });
  for (const one of moment.errors) if (one.count > 0) rows['sim_error']!.push({ ...at, span: moment.spanS, ...one });
  for (const one of moment.kernel) rows['sim_kernel']!.push({ ...at, span: moment.spanS, ...one });
}

function status(source: SourceId, moment: Moment, plan: Plan): string {
  if (source === plan.missing) return 'absent';
  return source === 'apache-status' && !moment.answered ? 'failed' : 'collected';
}

function settingsOf({ settings }: HostRun): Rows {
  return [
    { key: 'net.core.somaxconn', value: `${settings.somaxconn}`, sysctl: true },
    { key: 'net.ipv4.tcp_syncookies', value: '1', sysctl: true },
    { key: 'net.ipv4.ip_local_port_range', value: settings.portRange, sysctl: true },
    { key: 'net.ipv4.tcp_fin_timeout', value: '60', sysctl: true },
    { key: 'net.ipv4.tcp_max_tw_buckets', value: '131072', sysctl: true },
    { key: 'net.netfilter.nf_conntrack_max', value: `${settings.conntrackMax}`, sysctl: true },
    { key: 'MaxRequestWorkers', value: `${settings.workers}`, sysctl: false },
    { key: 'ListenBacklog', value: `${settings.listenBacklog}`, sysctl: false },
    { key: 'ProxyTimeout', value: `${settings.proxyTimeoutS}`, sysctl: false },
  ];
}

/** Counters since boot: large from incidents long ago, small after a reboot. */
class Totals {
  readonly values = new Map<string, number>();
  drops = 0;
  #boot = 0;

  constructor(seed: number) {
    const old = 1000 + (seed % 70_000);
    for (const name of ['ListenOverflows', 'ListenDrops', 'SyncookiesSent', 'SyncookiesRecv', 'TCPReqQFullDoCookies'])
      this.values.set(`TcpExt${name}`, old);
    for (const name of [
      'PassiveOpens',
      'ActiveOpens',
      'AttemptFails',
      'EstabResets',
      'RetransSegs',
      'OutRsts',
      'InSegs',
      'OutSegs',
    ])
      this.values.set(`Tcp${name}`, 50 * old);
    for (const name of ['TCPSynRetrans', 'TCPTimeouts', 'TCPAbortOnData']) this.values.set(`TcpExt${name}`, 2 * old);
    this.drops = old;
  }

  add(moment: Moment): void {
    if (moment.boot !== this.#boot) {
      for (const name of this.values.keys()) this.values.set(name, 0);
      this.drops = 0;
      this.#boot = moment.boot;
    }
    for (const [name, growth] of Object.entries(moment.growth))
      this.values.set(name, (this.values.get(name) ?? 0) + growth);
    this.drops += moment.conntrackDrops;
  }
}
