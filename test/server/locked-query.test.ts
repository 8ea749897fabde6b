import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { lockDown, runLocked } from '../../src/server/jobs/locked-query.ts';
import { CaseFile } from '../../src/store/case-file.ts';
import { tempFolder } from '../support/archives.ts';

it('a locked database reads the case, and no file, no network and no setting', async (t) => {
  const folder = await tempFolder(t);
  const path = join(folder, 'case.duckdb');
  (await CaseFile.openOrCreate(path, { tables: [], lastackVersion: '0.0.0-test' })).close();
  const file = await CaseFile.openReadOnly(path, 100);
  t.after(() => file.close());
  await lockDown(file.connection);
  const rows = await runLocked(file.connection, 'select count(*) from capture', 10);
  assert.deepEqual(rows.getRowsJson(), [['0']]);
  assert.ok((await runLocked(file.connection, 'explain select 1', 10)).currentRowCount > 0);
  const target = join(folder, 'written');
  for (const sql of [
    "select * from read_csv('/etc/passwd')",
    "select * from read_text('/proc/self/environ')",
    "from '/etc/passwd'",
    "select * from glob('/*')",
    "select * from read_parquet('http://127.0.0.1:1/x.parquet')",
    `copy (select 1) to '${target}'`,
    `attach '${target}'`,
    'install httpfs',
    'load httpfs',
    'set enable_external_access = true',
    `export database '${target}'`,
    'create table x (a integer)',
    'create temp table x as select 1',
    'drop table capture',
    'delete from capture',
    "update capture set host = 'x'",
    'insert into note select 1',
    'reset lock_configuration',
    'call pragma_version()',
    'vacuum',
    'begin',
    'checkpoint',
    'select 1; select 2',
    'select * from duckdb_secrets()',
    'not sql',
    '',
  ]) {
    await assert.rejects(async () => runLocked(file.connection, sql, 10), Error, sql);
  }
  assert.ok(!existsSync(target));
});
