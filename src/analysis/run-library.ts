import type { DuckDBConnection } from '@duckdb/node-api';
import { literal } from '../store/schema.ts';
import type { QueryLibrary } from './library.ts';
import { METRIC_COLUMNS, type QueryFile } from './query-file.ts';
import { makeRelation, mayHaveRows, type ParameterValues, type Row, runInto, runQuery, textAt } from './rows.ts';

/** Tables that hold evidence from a capture, and the sources that fill them. */
export type TableSources = Readonly<Record<string, readonly string[]>>;

/** Rows of a finding, with the file that returned them. */
export interface FindingRows {
  readonly file: QueryFile;
  readonly rows: readonly Row[];
}

/** What running the library gave; metrics and episodes are in the temporary tables `metric` and `episode`. */
export interface LibraryResult {
  readonly findings: readonly FindingRows[];
  readonly unchecked: readonly { readonly file: QueryFile; readonly missing: readonly string[] }[];
}

const BUILT: readonly string[] = ['metric_info', 'metric', 'episode', 'finding'];
const BOOKKEEPING: ReadonlySet<string> = new Set(['capture', 'coverage', 'reject']);

/**
 * Runs functions, relations, metrics, episodes and findings, each on the results of those before. Only temporary
 * tables are made. A query that needs a table which is not there is left out; a finding whose evidence was not
 * captured is returned as unchecked.
 */
export async function runLibrary(
  connection: DuckDBConnection,
  library: QueryLibrary,
  tables: ReadonlySet<string>,
  sources: TableSources,
  values: ParameterValues,
): Promise<LibraryResult> {
  const present = new Set([...tables, 'metric_info']);
  const runnable = (file: QueryFile): boolean => file.needs.every((need) => present.has(need));
  // A relation is made as soon as what it reads is there: some are read by metrics, some read metrics.
  const makeRelations = async (): Promise<void> => {
    for (const file of library.relations) {
      if (present.has(file.id) || !runnable(file)) continue;
      await makeRelation(connection, file, values);
      present.add(file.id);
    }
  };
  for (const file of library.functions) await connection.run(file.sql);
  await makeBuiltTables(connection, library);
  await makeRelations();
  for (const file of library.metrics) if (runnable(file)) await runInto(connection, file, 'temp.metric', values);
  present.add('metric');
  await makeRelations();
  for (const file of library.episodes) if (runnable(file)) await runInto(connection, file, 'temp.episode', values);
  present.add('episode');
  await makeRelations();
  const looked = await lookedAt(connection, tables, sources);
  const derived = new Set([...BUILT, ...library.relations.map((file) => file.id)]);
  const findings: FindingRows[] = [];
  const unchecked: { file: QueryFile; missing: readonly string[] }[] = [];
  for (const file of library.findings) {
    const missing = missingEvidence(file, looked, derived);
    if (missing.length > 0 || !runnable(file))
      unchecked.push({ file, missing: missing.length > 0 ? missing : file.needs.filter((need) => !present.has(need)) });
    else if (await mayHaveRows(connection, file, values))
      findings.push({ file, rows: await runQuery(connection, file, values) });
  }
  await keepFindings(connection, findings);
  present.add('finding');
  await makeRelations();
  return { findings, unchecked };
}

async function makeBuiltTables(connection: DuckDBConnection, library: QueryLibrary): Promise<void> {
  const metric = METRIC_COLUMNS.map((column) => `${column.name} ${column.type}`).join(', ');
  await connection.run(`create or replace temp table metric (${metric})`);
  await connection.run(
    'create or replace temp table metric_info (metric varchar, unit varchar, kind varchar, worse varchar, minimum double, usual double, title varchar, query varchar)',
  );
  await connection.run(
    `create or replace temp table episode (run varchar, host varchar, metric varchar, dimension varchar, onset timestamp,
       peak_ts timestamp, ended timestamp, baseline double, peak double, score double)`,
  );
  await connection.run(
    `create or replace temp table finding (run varchar, host varchar, id varchar, subject varchar, onset timestamp,
       ended timestamp, severity varchar, role varchar, confidence varchar, headline varchar)`,
  );
  const infos = library.metrics.flatMap((file) =>
    file.metrics.map((info) => {
      const texts = [info.name, info.unit, info.kind, info.worse].map(literal).join(', ');
      return `(${texts}, ${info.minimum}, ${info.usual ?? 'null'}, ${literal(info.title)}, ${literal(file.id)})`;
    }),
  );
  if (infos.length > 0) await connection.run(`insert into temp.metric_info values ${infos.join(', ')}`);
}

/** Keeps what was found for the relations and the document that ask for it. */
async function keepFindings(connection: DuckDBConnection, findings: readonly FindingRows[]): Promise<void> {
  const columns = ['run', 'host', 'subject', 'onset', 'ended', 'severity', 'role', 'confidence', 'headline'];
  for (const { file, rows } of findings) {
    if (rows.length === 0) continue;
    const values = rows.map((row) =>
      [literal(file.id), ...columns.map((column) => literalOrNull(textAt(row, column)))].join(', '),
    );
    await connection.run(
      `insert into temp.finding (id, ${columns.join(', ')}) values ${values.map((value) => `(${value})`).join(', ')}`,
    );
  }
}

function literalOrNull(text: string | null): string {
  return text === null ? 'null' : literal(text);
}

/**
 * The captured tables that were looked at: one of their sources was collected, or found empty, in some sample.
 * Without a word of its sources the one of the same name is meant; rows are proof in any case.
 */
async function lookedAt(
  connection: DuckDBConnection,
  tables: ReadonlySet<string>,
  sources: TableSources,
): Promise<ReadonlySet<string>> {
  const looked = new Set<string>();
  const read = new Set<string>();
  if (tables.has('coverage')) {
    const reader = await connection.runAndReadAll(
      "select distinct source from coverage where status in ('collected', 'empty', 'truncated') order by source",
    );
    for (const row of reader.getRowObjectsJson()) read.add(textAt(row, 'source') ?? '');
  }
  for (const table of tables) {
    const from = sources[table];
    if (BOOKKEEPING.has(table) || from?.some((source) => read.has(source))) looked.add(table);
    else if (from === undefined && (read.has(table.replaceAll('_', '-')) || (await hasRows(connection, table))))
      looked.add(table);
  }
  return looked;
}

async function hasRows(connection: DuckDBConnection, table: string): Promise<boolean> {
  return (await connection.runAndReadAll(`select 1 from "${table}" limit 1`)).currentRowCount > 0;
}

function missingEvidence(file: QueryFile, looked: ReadonlySet<string>, derived: ReadonlySet<string>): string[] {
  const groups = file.evidence ?? file.needs.filter((need) => !derived.has(need)).map((need) => [need]);
  return groups.filter((group) => !group.some((table) => looked.has(table))).map((group) => group.join(' or '));
}
