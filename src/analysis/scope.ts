import type { DuckDBConnection } from '@duckdb/node-api';
import { identifier, literal } from '../store/schema.ts';
import type { Instant } from './document.ts';
import { textAt } from './rows.ts';

/** Which part of a case is analysed; absent limits do not limit. */
export interface ScopeOptions {
  readonly runs?: readonly string[];
  readonly hosts?: readonly string[];
  readonly since?: Instant;
  readonly until?: Instant;
  /** Only what samples taken by then hold: what was known at that moment. */
  readonly knownBy?: Instant;
}

/** Tables whose rows hold for the whole run, whenever they were read. */
const TIMELESS: ReadonlySet<string> = new Set([
  'sysctl',
  'sysctl_file',
  'setting',
  'apache_vhost',
  'nic_setting',
  'resource_limit',
]);

/**
 * Makes temporary views that hide the case's tables behind the chosen part of them, under the same names, so that no
 * query has to know of it. Returns the names of the tables there are. The case itself is only read.
 */
export async function makeScope(connection: DuckDBConnection, options: ScopeOptions): Promise<ReadonlySet<string>> {
  const reader = await connection.runAndReadAll(
    `select table_name, list_contains(list(column_name), 'capture_id') as captured, list_contains(list(column_name), 'ts') as timed,
            current_database() as database
     from duckdb_columns() where database_name = current_database() and schema_name = 'main' and not internal
     group by table_name order by table_name`,
  );
  const tables = reader.getRowObjectsJson();
  const database = identifier((tables[0] && textAt(tables[0], 'database')) ?? 'memory');
  for (const table of tables) {
    const name = textAt(table, 'table_name') ?? '';
    const where = [
      ...(table['captured'] === true ? captureLimits(database, options) : []),
      ...(table['timed'] === true && !TIMELESS.has(name) ? timeLimits(options) : []),
    ];
    await connection.run(
      `create or replace temp view ${identifier(name)} as select * from ${database}.main.${identifier(name)}` +
        (where.length > 0 ? ` where ${where.join(' and ')}` : ''),
    );
  }
  return new Set(tables.map((table) => textAt(table, 'table_name') ?? ''));
}

/** Removes the views of `makeScope`. */
export async function dropScope(connection: DuckDBConnection, tables: Iterable<string>): Promise<void> {
  for (const name of tables) await connection.run(`drop view if exists temp.main.${identifier(name)}`);
}

function captureLimits(database: string, options: ScopeOptions): string[] {
  const limits: string[] = [];
  const among = (column: string, values: readonly string[]): string =>
    `${column} in (${values.map(literal).join(', ')})`;
  if (options.runs !== undefined) limits.push(among('run', options.runs));
  if (options.hosts !== undefined) limits.push(among('host', options.hosts));
  if (options.knownBy !== undefined) limits.push(`ts <= ${timestamp(options.knownBy)}`);
  return limits.length === 0
    ? []
    : [`capture_id in (select capture_id from ${database}.main.capture where ${limits.join(' and ')})`];
}

function timeLimits(options: ScopeOptions): string[] {
  const limits: string[] = [];
  if (options.since !== undefined) limits.push(`(ts is null or ts >= ${timestamp(options.since)})`);
  if (options.until !== undefined) limits.push(`(ts is null or ts <= ${timestamp(options.until)})`);
  return limits;
}

function timestamp(instant: Instant): string {
  return `timestamp ${literal(instant.replace('T', ' ').replace('Z', ''))}`;
}
