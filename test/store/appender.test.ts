import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { DuckDBInstance } from '@duckdb/node-api';
import { openBatch } from '../../src/base/batch.ts';
import { CliError } from '../../src/base/errors.ts';
import type { Table } from '../../src/base/table.ts';
import { BATCH_ROWS, TableBuilder } from '../../src/base/table-builder.ts';
import { CaseFile } from '../../src/store/case-file.ts';
import { tempFolder } from '../support/archives.ts';

const TABLE: Table = {
  name: 'everything',
  comment: 'One column of each type.',
  columns: [
    { name: 'flag', type: 'BOOLEAN', comment: 'x' },
    { name: 'small', type: 'INTEGER', comment: 'x' },
    { name: 'large', type: 'BIGINT', unit: 'bytes', comment: 'x' },
    { name: 'real', type: 'DOUBLE', comment: 'x' },
    { name: 'seen', type: 'TIMESTAMP', comment: 'x' },
    { name: 'word', type: 'VARCHAR', comment: 'It’s a word.', nullWhen: 'every third row' },
    { name: 'never', type: 'VARCHAR', comment: 'x', nullWhen: 'always' },
  ],
};

async function newCase(t: TestContext): Promise<{ file: CaseFile; path: string }> {
  const path = join(await tempFolder(t), 'case.duckdb');
  return { file: await CaseFile.openOrCreate(path, { tables: [TABLE], lastackVersion: '0.0.0' }), path };
}

async function append(file: CaseFile, rows: number, fill: (builder: TableBuilder, i: number) => void): Promise<void> {
  const writer = await file.writer();
  const pending: Promise<void>[] = [];
  const builder = new TableBuilder(TABLE, (table, batch) => {
    const crossed = structuredClone(batch, { transfer: [batch.buffer] });
    pending.push(
      writer.append(table, openBatch(crossed), {
        captureId: 7,
        host: 'a host with a long name',
        tsUs: 1_795_387_085_081_000,
      }),
    );
  });
  for (let i = 0; i < rows; i++) {
    fill(builder, i);
    builder.next();
  }
  builder.flush();
  await Promise.all(pending);
  await writer.commit();
  writer.close();
}

test('every type arrives as it was set, over vector and batch borders', async (t) => {
  const { file } = await newCase(t);
  const rows = BATCH_ROWS + 5000;
  await append(file, rows, (builder, i) => {
    builder.number('flag').set(i & 1);
    builder.number('small').set(-i);
    builder.int64('large').set(i % 5 === 0 ? -i * 1e9 : i * 1e9);
    builder.number('real').set(i / 4);
    builder.int64('seen').set(1_795_387_085_081_000 + i);
    if (i % 3 !== 0) builder.text('word').setText(`${'w'.repeat(i % 40)}${i % 1000}`);
  });
  const reader = await file.connection.runAndReadAll(`
    with given as (select range as i from range(${rows})), kept as (select *, epoch_us(seen) - 1795387085081000 as i from everything)
    select count(*)::integer as n, count_if(flag = ((i & 1) = 1))::integer as flags, count_if(small = -i)::integer as smalls,
      count_if(large = i * 1000000000 * (case when i % 5 = 0 then -1 else 1 end))::integer as larges, count_if(real = i / 4)::integer as reals,
      count_if(never is null and capture_id = 7 and host = 'a host with a long name')::integer as origins,
      count_if(word is not distinct from case when i % 3 = 0 then null else repeat('w', (i % 40)::integer) || (i % 1000) end)::integer as words
    from given join kept using (i)`);
  assert.deepEqual(reader.getRowObjects(), [
    { n: rows, flags: rows, smalls: rows, larges: rows, reals: rows, origins: rows, words: rows },
  ]);
  file.close();
});

test('a batch takes nothing over from the one before', async (t) => {
  const { file } = await newCase(t);
  const writer = await file.writer();
  const kinds = ['none', 'all', 'none', 'some', 'one text', 'some', 'all', 'one text', 'none'];
  const expected: string[] = [];
  for (const [at, kind] of kinds.entries()) {
    const pending: Promise<void>[] = [];
    const builder = new TableBuilder(TABLE, (table, batch) =>
      pending.push(writer.append(table, openBatch(batch), { captureId: at, host: `host ${at}`, tsUs: 1 })),
    );
    for (let i = 0; i < 3000 - at; i++) {
      const isSet = kind === 'all' || kind === 'one text' || (kind === 'some' && i % 3 === 0);
      const word = kind === 'one text' ? `the same ${at}` : `${at} ${i}`;
      if (isSet) builder.text('word').setText(word);
      if (isSet) builder.number('small').set(i);
      builder.next();
      expected.push(`${at} host ${at} ${isSet ? `${word} ${i}` : '- -'}`);
    }
    builder.flush();
    await Promise.all(pending);
  }
  await writer.commit();
  writer.close();
  const reader = await file.connection.runAndReadAll(
    "select concat_ws(' ', capture_id, host, ifnull(word, '-'), ifnull(small::varchar, '-')) from everything order by rowid",
  );
  assert.deepEqual(reader.getRows().flat(), expected);
  file.close();
});

test('bytes that are no UTF-8 are spelled out instead of lost', async (t) => {
  const { file } = await newCase(t);
  const words = [
    [0x61, 0xff, 0x62],
    [0xc3, 0xa9],
    [0xe2, 0x82],
    [0],
    [0xf0, 0x9f, 0x90, 0xa7],
    [...Buffer.from('plain text that is long'), 0xc0, 0x80],
    [],
  ];
  await append(file, words.length, (builder, i) =>
    builder.text('word').setBytes(Uint8Array.from(words[i]!), 0, words[i]!.length),
  );
  const reader = await file.connection.runAndReadAll('select word from everything order by rowid');
  assert.deepEqual(reader.getRows().flat(), [
    'a\\xffb',
    'é',
    '\\xe2\\x82',
    '\\x00',
    '🐧',
    'plain text that is long\\xc0\\x80',
    '',
  ]);
  file.close();
});

test('nothing is there before the commit, nothing after a rollback, and all after a commit', async (t) => {
  const { file } = await newCase(t);
  const writer = await file.writer();
  const count = async (): Promise<unknown> =>
    (await file.connection.runAndReadAll('select count(*)::integer from everything')).getRows()[0]?.[0];
  const appendFull = async (): Promise<void> => {
    const pending: Promise<void>[] = [];
    const origin = { captureId: 1, host: 'www1', tsUs: 1_795_387_085_081_000 };
    const builder = new TableBuilder(TABLE, (table, batch) =>
      pending.push(writer.append(table, openBatch(batch), origin)),
    );
    for (let i = 0; i < BATCH_ROWS; i++) {
      builder.number('small').set(i);
      builder.next();
    }
    builder.flush();
    await Promise.all(pending);
  };
  await appendFull();
  assert.equal(await count(), 0);
  await writer.rollback();
  assert.equal(await count(), 0);
  await appendFull();
  await writer.commit();
  assert.equal(await count(), BATCH_ROWS);
  writer.close();
  file.close();
});

test('columns carry their comments, units and reasons to be null', async (t) => {
  const { file } = await newCase(t);
  const reader = await file.connection.runAndReadAll(
    "select column_name, comment from duckdb_columns() where table_name = 'everything' order by column_index",
  );
  const comments = new Map(reader.getRows().map(([name, comment]) => [name, comment]));
  assert.equal(comments.get('large'), 'x Unit: bytes.');
  assert.equal(comments.get('word'), 'It’s a word. Null when every third row.');
  assert.deepEqual([...comments.keys()].slice(0, 3), ['capture_id', 'host', 'ts']);
  file.close();
});

test('a case of a newer or older schema, another database and no database are refused with what to do', async (t) => {
  const { file, path } = await newCase(t);
  await file.connection.run('update lastack_case set schema_version = 99');
  file.close();
  const { file: old, path: oldPath } = await newCase(t);
  await old.connection.run('update lastack_case set schema_version = 1');
  old.close();
  const refuse = async (target: string, exitCode: number, message: RegExp): Promise<void> => {
    await assert.rejects(
      CaseFile.openReadOnly(target),
      (error) => error instanceof CliError && error.exitCode === exitCode && message.test(error.message),
    );
  };
  await refuse(path, 3, /newer lastack \(case schema 99, this one reads 3\)/);
  await refuse(oldPath, 3, /older lastack \(case schema 1, this one reads 3\): make it anew with: lastack import/);
  const other = join(await tempFolder(t), 'other.duckdb');
  const instance = await DuckDBInstance.create(other);
  await (await instance.connect()).run('create table x (i integer)');
  instance.closeSync();
  await refuse(other, 3, /not a lastack case/);
  await refuse(join(other, '..', 'none.duckdb'), 2, /no such case file; make one with/);
  await refuse(new URL(import.meta.url).pathname, 3, /is not a case file/);
});
