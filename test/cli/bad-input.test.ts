import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { ROOT, tempFolder } from '../support/archives.ts';
import { lastack } from '../support/cli.ts';

const SAMPLE = join(ROOT, 'samples/quiet');

interface BadInput {
  readonly what: string;
  readonly make: (folder: string) => Promise<void>;
  readonly args: readonly string[];
  readonly code: number;
  readonly says: RegExp;
}

const ZIP = Buffer.from('504b0304140000000000', 'hex');

const BAD_INPUTS: readonly BadInput[] = [
  {
    what: 'no such file',
    make: async () => {},
    args: ['nowhere.tar.gz'],
    code: 2,
    says: /nowhere\.tar\.gz: no such file or folder/,
  },
  {
    what: 'an empty folder',
    make: (folder) => mkdir(join(folder, 'empty')),
    args: ['empty'],
    code: 3,
    says: /no capture in empty: expected \.tar, \.tar\.gz or \.tgz/,
  },
  {
    what: 'a zip',
    make: (folder) => writeFile(join(folder, 'a.zip'), ZIP),
    args: ['a.zip'],
    code: 3,
    says: /a\.zip: this is a zip archive; lastack reads \.tar, \.tar\.gz, \.tgz and \.tar\.xz; run unzip first/,
  },
  {
    what: 'text named .tar.gz',
    make: (folder) => writeFile(join(folder, 'a.tar.gz'), 'hello\n'),
    args: ['a.tar.gz'],
    code: 3,
    says: /a\.tar\.gz: this is no tar archive/,
  },
  {
    what: 'text that is no output of a known tool',
    make: (folder) => writeFile(join(folder, 'notes.txt'), 'hello\n'),
    args: ['notes.txt'],
    code: 3,
    says: /notes\.txt: nothing in it is known; lastack reads its own captures, sosreports, pt-stalk/,
  },
  {
    what: 'a folder of such text',
    make: async (folder) => {
      await mkdir(join(folder, 'notes'));
      await writeFile(join(folder, 'notes/a.txt'), 'hello\n');
    },
    args: ['notes'],
    code: 3,
    says: /a\.txt: nothing in it is known/,
  },
  {
    what: 'a log in a compression that is not read',
    make: (folder) => writeFile(join(folder, 'access.log.bz2'), 'BZh91AY&SY'),
    args: ['access.log.bz2'],
    code: 3,
    says: /access\.log\.bz2: this is bzip2-compressed; .*run bzip2 -d first/,
  },
  {
    what: 'gzip without tar',
    make: (folder) => writeFile(join(folder, 'a.tar.gz'), gzipSync('hello\n'.repeat(1000))),
    args: ['a.tar.gz'],
    code: 3,
    says: /a\.tar\.gz: holds no tar archive, or a damaged one/,
  },
  {
    what: 'an empty file',
    make: (folder) => writeFile(join(folder, 'a.tar.gz'), ''),
    args: ['a.tar.gz'],
    code: 3,
    says: /a\.tar\.gz: this file is empty/,
  },
  {
    what: 'an archive cut in its first bytes',
    make: (folder) => cutSample(folder, 200),
    args: ['cut.tar.gz'],
    code: 3,
    says: /cut\.tar\.gz: the archive is cut/,
  },
  {
    what: 'a missing case',
    make: async () => {},
    args: ['--case', 'none.duckdb'],
    code: 2,
    says: /none\.duckdb: no such case file; make one with: lastack import/,
  },
  {
    what: 'a case that is none',
    make: (folder) => writeFile(join(folder, 'x.duckdb'), 'no database at all'),
    args: ['--case', 'x.duckdb'],
    code: 3,
    says: /x\.duckdb is not a case file/,
  },
  {
    what: 'a case of a newer schema',
    make: newerCase,
    args: ['--case', 'newer.duckdb'],
    code: 3,
    says: /newer\.duckdb was written by a newer lastack \(case schema 99/,
  },
  {
    what: 'no input at all',
    make: async () => {},
    args: [],
    code: 2,
    says: /name captures .* or a case with --case FILE/,
  },
];

async function cutSample(folder: string, bytes: number): Promise<void> {
  const [name] = (await readdir(SAMPLE)).sort();
  await writeFile(join(folder, 'cut.tar.gz'), (await readFile(join(SAMPLE, name!))).subarray(0, bytes));
}

async function newerCase(folder: string): Promise<void> {
  const instance = await DuckDBInstance.create(join(folder, 'newer.duckdb'));
  const connection = await instance.connect();
  await connection.run('create table lastack_case as select 99 as schema_version');
  connection.closeSync();
  instance.closeSync();
}

for (const { what, make, args, code, says } of BAD_INPUTS) {
  test(`${what}: one clear line, exit ${code}, nothing left behind`, async (t) => {
    const folder = await tempFolder(t);
    await make(folder);
    const before = await readdir(folder);
    const run = await lastack(['--quiet', 'report', ...args, '-o', 'out.html'], { cwd: folder });
    assert.equal(run.code, code, run.stderr);
    assert.match(run.stderr, says);
    assert.equal(run.stderr.trim().split('\n').length, 1, run.stderr);
    assert.equal(run.stdout, '');
    assert.deepEqual(await readdir(folder), before);
  });
}

test('wrong usage is exit 2 with a hint', async () => {
  for (const args of [
    ['bogus'],
    ['import', 'x'],
    ['report', 'x', '--format', 'pdf'],
    ['report', 'x', '--since', 'yesterday-ish'],
    ['query', '--case', 'x'],
    ['compare', 'x', '--', 'y', '--format', 'json'],
  ]) {
    const run = await lastack(args);
    assert.equal(run.code, 2, `${args.join(' ')}: ${run.stderr}`);
    assert.match(run.stderr, /lastack|error:/);
    assert.doesNotMatch(run.stderr, /\n\s+at /);
  }
});

test('a report that cannot be written says why and leaves nothing', async (t) => {
  const folder = await tempFolder(t);
  const run = await lastack(['--quiet', 'report', SAMPLE, '-o', join(folder, 'missing', 'out.html')]);
  assert.equal(run.code, 2);
  assert.match(run.stderr, /cannot write .*: its folder does not exist/);
  assert.deepEqual(await readdir(folder), []);
});
