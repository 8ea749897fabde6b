import type { DuckDBConnection } from '@duckdb/node-api';
import { backlogOf, type Moment, type SourceId } from './moment.ts';
import { type HostRun, nameNumber, type Plan } from './scenario.ts';
import { settingRows } from './setting-rows.ts';
import { Totals } from './totals.ts';
import { EXPAND, STAGE } from './write-statements.ts';

export const START = '2026-01-05 06:00:00';
/** What the tables of each source are. */
export const TABLES: Readonly<Record<SourceId, readonly string[]>> = {
  ss: ['socket'],
  'ss-process': ['socket_process'],
  'proc-net-counters': ['counter'],
  conntrack: ['conntrack'],
  'conntrack-count': ['conntrack_fill'],
  'conntrack-stat': ['conntrack_stat'],
  'kernel-log': ['kernel_log'],
  'access-log': ['access_log'],
  'error-log': ['error_log'],
  'apache-status': ['apache_status'],
  interface: ['interface'],
  softnet: ['softnet'],
  sockstat: ['sockstat'],
  memory: ['memory'],
  process: ['process'],
};
/** Numbers of samples that one run, and one host of it, may use. */
const IDS_OF_RUN = 10_000;
const IDS_OF_HOST = 1000;

type Value = string | number | boolean | null;
export type Rows = Record<string, Value | readonly Value[]>[];
/** Which sample a row is of: `capture` in the case, `id` within the run, so that a run is the same beside whichever others. */
export interface At {
  readonly run: string;
  readonly capture: number;
  readonly id: number;
  readonly host: string;
  readonly at_s: number;
}

/** One run of a case. */
export interface Life {
  readonly name: string;
  readonly plan: Plan;
  readonly hosts: readonly HostRun[];
}

/** Writes runs into the empty tables of a case. The same source is missing in all of them. */
export async function writeCase(connection: DuckDBConnection, lives: readonly Life[]): Promise<void> {
  const rows: Record<string, Rows> = Object.fromEntries(Object.keys(STAGE).map((name) => [name, []]));
  lives.forEach((life, place) => collect(life, place * IDS_OF_RUN, rows));
  for (const [name, columns] of Object.entries(STAGE)) {
    const shape = JSON.stringify([columns]);
    await connection.run(
      `create or replace temp table ${name} as select unnest(from_json($rows::json, '${shape}'), recursive := true)`,
      { rows: JSON.stringify(rows[name]) },
    );
  }
  for (const statement of EXPAND) await connection.run(statement);
  const missing = lives[0]?.plan.missing ?? null;
  if (missing !== null) for (const table of TABLES[missing]) await connection.run(`delete from ${table}`);
}

/** Empties what `writeCase` fills. */
export async function emptyCase(connection: DuckDBConnection): Promise<void> {
  for (const table of ['capture', 'coverage', 'sysctl', 'setting', ...Object.values(TABLES).flat()])
    await connection.run(`truncate ${table}`);
}

function collect({ name, plan, hosts }: Life, base: number, rows: Record<string, Rows>): void {
  hosts.forEach((run, place) => {
    const totals = new Totals(plan.seed + place);
    const opening = run.moments.find((moment) => !moment.lost);
    for (const moment of run.moments) {
      const id = IDS_OF_HOST * place + moment.n;
      const at: At = { run: name, capture: base + id, id, host: run.host, at_s: moment.atS };
      totals.add(moment);
      things(moment, at, run, rows);
      if (moment.lost) continue;
      if (moment === opening) settingRows(run.settings).forEach((row) => rows['sim_setting']!.push({ ...at, ...row }));
      rows['sim_sample']!.push({
        ...at,
        ...sampleRow(moment, run),
        interval: plan.intervalS,
        boot: `boot-${place}-${moment.boot}`,
        absent: plan.missing,
      });
      rows['sim_totals']!.push({ ...at, names: [...totals.values.keys()], totals: [...totals.values.values()] });
    }
  });
}

function sampleRow(moment: Moment, { settings }: HostRun): Rows[number] {
  const [low, high] = settings.portRange.split(' ').map(Number);
  const waiting = moment.sockets.reduce((sum, one) => sum + (one.state === 'TIME_WAIT' ? one.count : 0), 0);
  const used = moment.sockets.reduce((sum, one) => sum + one.count, 0) - waiting;
  return {
    queue: moment.queue,
    backlog: backlogOf(settings),
    busy: Math.min(settings.workers, moment.busy),
    idle: Math.max(0, settings.workers - moment.busy),
    letter: moment.letter,
    answered: moment.answered,
    most: settings.conntrackMax,
    low_port: low!,
    ports: high! - low! + 1,
    orphans: moment.orphans,
    pages: moment.tcpPages,
    time_wait: waiting,
    in_use: used,
    memory: settings.memoryMib,
    free: moment.freeMemory,
    worker: settings.workerMib,
  };
}

function things(moment: Moment, at: At, run: HostRun, rows: Record<string, Rows>): void {
  const span = moment.spanS;
  for (const one of moment.requests)
    if (one.count > 0) rows['sim_request']!.push({ ...at, span, client: null, agent: null, ...one });
  for (const one of moment.errors) if (one.count > 0) rows['sim_error']!.push({ ...at, span, ...one });
  for (const one of moment.kernel)
    rows['sim_kernel']!.push({ ...at, span, port: null, interface: null, detail: null, ...one });
  if (moment.lost) return;
  rows['sim_elsewhere']!.push({ ...at, count: moment.trackedElsewhere });
  for (const port of run.settings.ports) rows['sim_listener']!.push({ ...at, port });
  for (const { bytes, ...group } of moment.sockets) {
    if (group.count <= 0) continue;
    const key = (nameNumber(`${group.state} ${group.side} ${group.peer} ${group.port}`) >>> 0) % 997;
    const first = group.first ?? 1009 * moment.n;
    rows['sim_socket']!.push({ ...at, ...group, ...bytes, key, first });
  }
}
