import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { DuckDBConnection } from '@duckdb/node-api';
import { loadLibrary } from '../../src/analysis/library.ts';
import { METRIC_COLUMNS, type QueryFile } from '../../src/analysis/query-file.ts';
import { rowProbe } from '../../src/analysis/row-probe.ts';
import { mayHaveRows, runQuery } from '../../src/analysis/rows.ts';
import { runLibrary } from '../../src/analysis/run-library.ts';
import { makeScope } from '../../src/analysis/scope.ts';
import { smallCase, tableSources } from './small-case.ts';

const library = await loadLibrary();
const statements = Object.values(library)
  .flat()
  .filter((file) => file.kind !== 'functions');

/** A connection on which every relation, metric and episode table exists. */
async function boundConnection(t: TestContext): Promise<DuckDBConnection> {
  const connection = await smallCase(t, 'quiet.sql');
  await runLibrary(connection, library, await makeScope(connection, {}), tableSources, {});
  return connection;
}

describe('query library', () => {
  for (const file of library.findings) {
    it(`${file.id} says in words how it is decided`, () => assert.ok(file.logic.length > 0));
  }

  it('binds every query and returns the columns of its header', async (t) => {
    const connection = await boundConnection(t);
    for (const file of statements) {
      const values = Object.fromEntries(file.params.map((param) => [param.name, param.value]));
      const reader = await connection.runAndReadAll(`select * from (${file.sql}\n) limit 0`, values);
      const columns = file.kind === 'metrics' ? METRIC_COLUMNS : file.columns;
      const names = reader.columnNames();
      assert.deepEqual([...names].sort(), columns.map((column) => column.name).sort(), file.path);
      for (const column of columns) {
        const got = String(reader.columnType(names.indexOf(column.name)));
        assert.ok(fits(column.type, got), `${file.path}: ${column.name} is ${got}, its header says ${column.type}`);
      }
    }
  });

  it('can ask each finding whether it has rows, without its sentences', async (t) => {
    const connection = await boundConnection(t);
    for (const file of library.findings) {
      assert.notEqual(
        rowProbe(file.sql),
        null,
        `${file.path}: its last select and from begin a line, and nothing follows but order by`,
      );
      const rows = await runQuery(connection, file, {});
      assert.equal(await mayHaveRows(connection, file, {}), rows.length > 0, file.path);
    }
  });

  it('names in "needs" exactly what each statement reads', async (t) => {
    const connection = await boundConnection(t);
    for (const file of statements) {
      assert.deepEqual(await tablesRead(connection, file), [...file.needs].sort(), file.path);
    }
  });

  it('binds every declared parameter and nothing else', async (t) => {
    const connection = await boundConnection(t);
    for (const file of statements) {
      const prepared = await connection.prepare(file.sql);
      const names = Array.from({ length: prepared.parameterCount }, (_, i) => prepared.parameterName(i + 1));
      assert.deepEqual([...names].sort(), file.params.map((param) => param.name).sort(), file.path);
    }
  });

  it('declares every metric it makes, and reads none that nobody makes', async (t) => {
    const connection = await boundConnection(t);
    const declared = new Set(library.metrics.flatMap((file) => file.metrics.map((metric) => metric.name)));
    const made = await connection.runAndReadAll('select distinct metric from metric order by metric');
    for (const [metric] of made.getRows()) assert.ok(declared.has(String(metric)), `${String(metric)} is not declared`);
    for (const file of statements) {
      for (const name of metricsRead(file.sql))
        assert.ok(declared.has(name), `${file.path} reads metric "${name}", which no file makes`);
    }
  });

  it('gives every finding something to do, a caveat and a reference', () => {
    for (const file of library.findings) {
      assert.ok(file.caveats.length > 0 && file.refs.length > 0, file.path);
      assert.match(file.sql, /\baction\(/, `${file.path} has no action`);
      assert.match(file.sql, /\bruled_out\(/, `${file.path} rules nothing out`);
    }
  });
});

/** Whether a value of the bound type goes into the declared one without loss. */
function fits(declared: string, bound: string): boolean {
  const type = bound.replace(/\(.*\)$/, '');
  if (declared === type) return true;
  const accepted: Readonly<Record<string, readonly string[]>> = {
    DOUBLE: ['DECIMAL', 'BIGINT', 'INTEGER', 'HUGEINT', 'FLOAT'],
    BIGINT: ['INTEGER', 'HUGEINT'],
    JSON: ['VARCHAR'],
    VARCHAR: ['JSON', 'SQLNULL', 'INTEGER'],
    TIMESTAMP: ['SQLNULL'],
    INTEGER: ['SQLNULL'],
  };
  return accepted[declared]?.includes(type) ?? false;
}

/** Metric names a statement compares with, or points its evidence to. */
function metricsRead(sql: string): string[] {
  const single = [...sql.matchAll(/\bmetric (?:=|:=) '(\w+)'/g)].map((match) => match[1]!);
  const listed = [...sql.matchAll(/\bmetric in \(([^)]*)\)/g)].flatMap((match) =>
    [...match[1]!.matchAll(/'(\w+)'/g)].map((name) => name[1]!),
  );
  return [...single, ...listed];
}

async function tablesRead(connection: DuckDBConnection, file: QueryFile): Promise<string[]> {
  const reader = await connection.runAndReadAll('select json_serialize_sql($sql::varchar)', { sql: file.sql });
  const tree: unknown = JSON.parse(String(reader.getRows()[0]?.[0]));
  const tables = new Set<string>();
  const ctes = new Set<string>();
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) for (const item of node) walk(item);
    else if (typeof node === 'object' && node !== null) {
      const entry = node as Readonly<Record<string, unknown>>;
      if (entry['type'] === 'BASE_TABLE') tables.add(String(entry['table_name']));
      const map = (entry['cte_map'] as { map?: readonly { key: string }[] } | undefined)?.map;
      for (const { key } of map ?? []) ctes.add(key);
      for (const value of Object.values(entry)) walk(value);
    }
  };
  assert.equal((tree as { error: boolean }).error, false, `${file.path} could not be serialised`);
  walk(tree);
  return [...tables].filter((table) => !ctes.has(table)).sort();
}
