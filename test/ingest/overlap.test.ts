import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { findCaptures } from '../../src/capture/find.ts';
import { manifestText, tempFolder, writeArchive } from '../support/archives.ts';
import { importAgain, importedCase } from '../support/cases.ts';

const line = (second: number, path: string): string =>
  `10.80.0.1 - - [22/Nov/2026:20:36:${String(second).padStart(2, '0')} +0000] "GET ${path} HTTP/1.1" 200 5\n`;
const problem = (second: number): string =>
  `[Sun Nov 22 20:36:${String(second).padStart(2, '0')}.000000 2026] [core:notice] [pid 1:tid 1] AH00094: x\nTraceback:\n`;

interface Slice {
  readonly text: string;
  /** `inode=7 offset=0`; absent: the manifest does not say. */
  readonly note?: string;
  readonly member?: string;
}

async function captures(t: TestContext, slices: readonly Slice[]): Promise<readonly string[]> {
  const folder = await tempFolder(t);
  return Promise.all(
    slices.map(({ text, note, member = 'logs/access/access.log' }, i) => {
      const noted = note === undefined ? '' : ` path=/var/log/access.log+${note.replaceAll(' ', '+')}`;
      return writeArchive(join(folder, `www1-${i}.tar.gz`), [
        {
          name: 's/manifest.tsv',
          body: manifestText([`log ${member} collected${noted}`], { epoch_ms: `${1795387085081 + i * 1000}` }),
        },
        { name: `s/${member}`, body: text },
      ]);
    }),
  );
}

async function paths(t: TestContext, slices: readonly Slice[]): Promise<string> {
  const found = await importedCase(t, await captures(t, slices));
  const rows = await found.query('select path from access_log order by ts, capture_id, line_no');
  return rows.map((row) => String(row['path'])).join(' ');
}

const A = line(1, '/a');
const B = line(2, '/b');
const C = line(3, '/c');

test('slices that overlap by their place in the file give each line once', async (t) => {
  const slices = [
    { text: A + A + B, note: 'inode=7 offset=0' },
    { text: A + B + C, note: `inode=7 offset=${A.length}` },
  ];
  assert.equal(await paths(t, slices), '/a /a /b /c');
});

test('a line that is the same as the last one of the slice before is another line', async (t) => {
  const slices = [
    { text: A, note: 'inode=7 offset=0' },
    { text: A + B, note: `inode=7 offset=${A.length}` },
  ];
  assert.equal(await paths(t, slices), '/a /a /b');
});

test('bytes that the collector left out are counted', async (t) => {
  const slices = [
    { text: C, note: `inode=7 offset=0 ${A.length + B.length} bytes left out` },
    { text: C, note: `inode=7 offset=${A.length + B.length}` },
  ];
  assert.equal(await paths(t, slices), '/c');
});

test('a file that was emptied in place holds new lines at the same places', async (t) => {
  const slices = [
    { text: A + B, note: 'inode=7 offset=0' },
    { text: C + line(4, '/d'), note: 'inode=7 offset=0 emptied in place' },
  ];
  assert.equal(await paths(t, slices), '/a /b /c /d');
});

test('where the place is not known lines are told by content and number, whatever the file was renamed to', async (t) => {
  const slices = [
    { text: A + A + B, member: 'var/log/httpd/access_log' },
    { text: A + A + A + B + C, member: 'var/log/httpd/access_log-20261122' },
    { text: A, member: 'var/log/other/access_log' },
  ];
  assert.equal(await paths(t, slices), '/a /a /a /a /b /c');
});

test('equal lines in a log and in the file it was rotated to are two, in each of two captures', async (t) => {
  const folder = await tempFolder(t);
  const made = ['1', '2'].map((name) =>
    writeArchive(join(folder, `www1-${name}.tar.gz`), [
      { name: 's/manifest.tsv', body: manifestText([], { session: name }) },
      { name: 's/var/log/httpd/access_log.1', body: A },
      { name: 's/var/log/httpd/access_log', body: A + B },
    ]),
  );
  const found = await importedCase(t, await Promise.all(made));
  const rows = await found.query('select path, capture_id from access_log order by ts, member');
  assert.deepEqual(
    rows.map((row) => `${String(row['path'])} ${String(row['capture_id'])}`),
    ['/a 1', '/a 1', '/b 1'],
  );
});

test('error logs overlap too, with lines that have no time of their own', async (t) => {
  const member = 'logs/error/error.log';
  const found = await importedCase(
    t,
    await captures(t, [
      { text: problem(1) + problem(2), member },
      { text: problem(2) + problem(3), member },
    ]),
  );
  const [row] = await found.query(
    'select count(*)::integer as n, count(ts)::integer as timed, count(distinct after_ts)::integer as after from error_log',
  );
  assert.deepEqual(row, { n: 6, timed: 3, after: 3 });
});

test('an overlap with a capture of an earlier import is found', async (t) => {
  const [first, second] = await captures(t, [
    { text: A + B, note: 'inode=7 offset=0' },
    { text: B + C, note: `inode=7 offset=${A.length}` },
  ]);
  const one = await importedCase(t, [second!]);
  one.file.close();
  const both = await importAgain(t, one.path, await findCaptures([first!]));
  assert.deepEqual(
    (await both.query('select path, capture_id from access_log order by ts')).map((row) => row['path']),
    ['/a', '/b', '/c'],
  );
});
