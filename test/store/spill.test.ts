import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { CaseFile } from '../../src/store/case-file.ts';
import { tempFolder } from '../support/archives.ts';

const MEMORY_MB = 64;
/** About four times the memory it may take. */
const LARGE =
  'create temp table large as select range as i, hash(range)::varchar || hash(range + 1)::varchar as text from range(5000000)';

test('what does not fit into memory is spilled beside the case, and gone afterwards', async (t) => {
  const folder = await tempFolder(t);
  await fill(await caseIn(folder));
  assert.deepEqual(await readdir(folder), ['case.duckdb']);
});

test('of a case in a folder that cannot be written it is spilled into the temporary files, and gone afterwards', async (t) => {
  if (process.getuid?.() !== 0) return t.skip('needs root, to make a folder read-only for itself');
  const folder = await tempFolder(t);
  const path = await caseIn(folder);
  const temporary = join(await tempFolder(t), 'tmp');
  await mkdir(temporary);
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = temporary;
  mount('--bind', folder, folder);
  try {
    mount('-o', 'remount,ro,bind', folder);
    await fill(path);
  } finally {
    spawnSync('umount', [folder]);
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
  assert.deepEqual(await readdir(temporary), []);
  assert.deepEqual(await readdir(folder), ['case.duckdb']);
});

async function caseIn(folder: string): Promise<string> {
  const path = join(folder, 'case.duckdb');
  (await CaseFile.openOrCreate(path, { tables: [], lastackVersion: '0.0.0-test' })).close();
  return path;
}

async function fill(path: string): Promise<void> {
  const file = await CaseFile.openReadOnly(path, MEMORY_MB);
  try {
    await file.connection.run(LARGE);
    const spilled = await file.connection.runAndReadAll(
      'select sum(size)::double as bytes from duckdb_temporary_files()',
    );
    assert.ok(Number(spilled.getRows()[0]?.[0]) > MEMORY_MB * 1e6, 'nothing was spilled: this test proves nothing');
    const read = await file.connection.runAndReadAll('select count(*)::integer, max(i)::integer from large');
    assert.deepEqual(read.getRows()[0], [5_000_000, 4_999_999]);
  } finally {
    file.close();
  }
}

function mount(...words: readonly string[]): void {
  const { status, stderr } = spawnSync('mount', words, { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
}
