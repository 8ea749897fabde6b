// Archives as damage and malice make them, through the real import: what is said of each, and what is still read.
import assert from 'node:assert/strict';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { CliError } from '../../src/base/errors.ts';
import { DEFAULT_LIMITS, type Limits } from '../../src/capture/limits.ts';
import { type Entry, manifestText, tarBytes, tarHeader, tempFolder } from '../support/archives.ts';
import { importedCase } from '../support/cases.ts';

const SETTINGS = 2000;
const MANIFEST: Entry = {
  name: 'x/manifest.tsv',
  body: manifestText(['sysctl sysctl.txt collected', 'load proc-loadavg.txt collected']),
};
const SYSCTL: Entry = {
  name: 'x/sysctl.txt',
  body: Array.from({ length: SETTINGS }, (_, i) => `net.key${(i * 7919) % 10_007} = ${i * i}\n`).join(''),
};
const LOAD: Entry = { name: 'x/proc-loadavg.txt', body: '0.00 0.01 0.05 1/123 4567\n' };
const WHOLE: readonly Entry[] = [MANIFEST, SYSCTL, LOAD];

interface Read {
  readonly notes: readonly string[];
  readonly sysctl: number;
  readonly load: number;
  readonly coverage: readonly string[];
}

/** Imports one archive of these bytes, and looks that nothing was written beside the case. */
async function read(t: TestContext, bytes: Uint8Array, limits: Partial<Limits> = {}, name = 'a.tar.gz'): Promise<Read> {
  const folder = await tempFolder(t);
  await writeFile(join(folder, name), bytes);
  const found = await importedCase(t, [join(folder, name)], { limits: { ...DEFAULT_LIMITS, ...limits } });
  assert.deepEqual(await readdir(folder), [name], 'nothing is written beside the archive');
  const [counts] = await found.query(
    'select (select count(*) from sysctl)::integer as sysctl, (select count(*) from load_average)::integer as load',
  );
  const coverage = await found.query(
    "select member || ' ' || status || coalesce(': ' || note, '') as text from coverage order by member",
  );
  return {
    notes: found.result.notes.map(({ note }) => note),
    sysctl: counts!['sysctl'] as number,
    load: counts!['load'] as number,
    coverage: coverage.map((row) => row['text'] as string),
  };
}

async function refusal(t: TestContext, bytes: Uint8Array, name = 'a.tar.gz'): Promise<string> {
  try {
    await read(t, bytes, {}, name);
  } catch (error) {
    assert.ok(error instanceof CliError && error.exitCode === 3, String(error));
    return error.message;
  }
  assert.fail('it was read');
}

/** A special entry with a body, padded. */
function special(type: string, body: Buffer): Buffer {
  return Buffer.concat([tarHeader('h', type, body.length), body, Buffer.alloc(-body.length & 511)]);
}

/** The archive with blocks put in before the entry of that name. */
async function withBlocks(blocks: Buffer, before = 'x/proc-loadavg.txt'): Promise<Buffer> {
  const tar = await tarBytes(WHOLE);
  const at = tar.indexOf(`${before}\0`);
  return gzipSync(Buffer.concat([tar.subarray(0, at), blocks, tar.subarray(at)]));
}

const USED = '; what came before is used';

test('bytes after the end of the gzip data: zeros are padding, others are damage behind which nothing is lost', async (t) => {
  const packed = gzipSync(await tarBytes(WHOLE));
  assert.deepEqual(await read(t, Buffer.concat([packed, Buffer.alloc(10_000)])), {
    notes: [],
    sysctl: SETTINGS,
    load: 1,
    coverage: ['proc-loadavg.txt collected', 'sysctl.txt collected'],
  });
  const garbage = await read(t, Buffer.concat([packed, Buffer.from('some more bytes')]));
  assert.deepEqual(garbage.notes, [`damaged gzip data (incorrect header check)${USED}`]);
  assert.deepEqual([garbage.sysctl, garbage.load], [SETTINGS, 1]);
});

test('a wrong CRC is told, and the whole of a small archive is read all the same', async (t) => {
  const packed = gzipSync(await tarBytes(WHOLE));
  packed[packed.length - 8]! ^= 0xff;
  const found = await read(t, packed);
  assert.deepEqual(found.notes, [`damaged gzip data (incorrect data check)${USED}`]);
  assert.deepEqual([found.sysctl, found.load], [SETTINGS, 1]);
});

test('a gzip file of several members is one archive, and so are archives one after the other', async (t) => {
  const tar = await tarBytes(WHOLE);
  const members = [tar.subarray(0, 700), tar.subarray(700, 9000), tar.subarray(9000)].map((part) => gzipSync(part));
  const whole = await read(t, Buffer.concat(members));
  assert.deepEqual([whole.notes, whole.sysctl, whole.load], [[], SETTINGS, 1]);
  const two = [tar, await tarBytes([{ name: 'x/extra.bin', body: 'x' }])].map((part) => gzipSync(part));
  const both = await read(t, Buffer.concat(two));
  assert.deepEqual([both.notes, both.sysctl, both.coverage[0]?.slice(0, 9)], [[], SETTINGS, 'extra.bin']);
});

test('a truncated archive gives the lines before the cut', async (t) => {
  const packed = gzipSync(await tarBytes(WHOLE));
  const found = await read(t, packed.subarray(0, Math.floor(packed.length * 0.7)));
  assert.deepEqual(found.notes, [`the archive is cut: it ends in the middle${USED}`]);
  assert.ok(found.sysctl > SETTINGS * 0.4 && found.sysctl < SETTINGS, `${found.sysctl} rows`);
  const lost = 'lost: the archive is cut: it ends in the middle';
  assert.equal(found.coverage[0], `proc-loadavg.txt absent: ${lost}`);
});

test('a wrong checksum of a header ends the archive there', async (t) => {
  const tar = await tarBytes(WHOLE);
  tar[tar.indexOf('x/proc-loadavg.txt') + 148]! ^= 1;
  const found = await read(t, gzipSync(tar));
  assert.deepEqual(found.notes, [`damaged tar header after 2 entries${USED}`]);
  assert.deepEqual([found.sysctl, found.load], [SETTINGS, 0]);
});

test('an archive with nothing in it, or that is none, says so', async (t) => {
  assert.equal(await refusal(t, Buffer.alloc(10_240), 'a.tar'), 'a.tar: an empty archive: nothing is in it');
  assert.equal(await refusal(t, gzipSync(Buffer.alloc(10_240))), 'a.tar.gz: an empty archive: nothing is in it');
  assert.equal(await refusal(t, gzipSync('')), 'a.tar.gz: an empty archive: nothing is in it');
});

test('links, pipes, devices, sparse files and paths that leave the capture are named and not read', async (t) => {
  const found = await read(
    t,
    gzipSync(
      await tarBytes([
        MANIFEST,
        ...Array.from({ length: 500 }, (_, i): Entry => {
          return { name: `x/link${i}`, header: { type: 'symlink', linkname: '/etc/passwd' } };
        }),
        { name: 'x/sysctl.txt', header: { type: 'link', linkname: '/etc/passwd' } },
        { name: '../../../../tmp/lastack-escaped', body: 'x' },
        { name: '/tmp/lastack-escaped', body: 'x' },
        { name: 'x/a/../../../lastack-escaped', body: 'x' },
        { name: 'C:\\lastack-escaped', body: 'x' },
        { name: 'x/pipe\u001b[31m', header: { type: 'fifo' } },
        { name: 'x/disk', header: { type: 'character-device', devmajor: 1, devminor: 5 } },
        { name: 'x/sparse.txt', body: '1\n0\n512\n', header: { pax: { 'GNU.sparse.major': '1' } } },
        SYSCTL,
      ]),
    ),
  );
  assert.equal(found.sysctl, SETTINGS);
  assert.deepEqual(found.notes, [
    'entry "x/link0" not read: a symbolic link',
    'entry "x/link1" not read: a symbolic link',
    'entry "x/link2" not read: a symbolic link',
    'entry "x/sysctl.txt" not read: a hard link',
    'entry "../../../../tmp/lastack-escaped" not read: path that leaves the capture',
    'entry "/tmp/lastack-escaped" not read: absolute path',
    'entry "x/a/../../../lastack-escaped" not read: path that leaves the capture',
    'entry "C:\\lastack-escaped" not read: absolute path',
    'entry "x/pipe?[31m" not read: a named pipe',
    'entry "x/disk" not read: a device',
    'entry "x/sparse.txt" not read: a sparse file',
    '497 more not read: a symbolic link',
  ]);
});

test('an entry of an unknown type is stepped over', async (t) => {
  const found = await read(t, await withBlocks(special('S', Buffer.alloc(1000, 'x'))));
  assert.deepEqual(found.notes, ['entry "h" not read: neither a file nor a link (sparse, or of an unknown type)']);
  assert.deepEqual([found.sysctl, found.load], [SETTINGS, 1]);
});

test('headers without measure are refused, whatever their kind', async (t) => {
  const attributes = Buffer.from(
    Array.from({ length: 1000 }, (_, i) => `12 k${String(i).padStart(5, '0')}=v\n`).join(''),
  );
  const cases: readonly [string, Buffer, string][] = [
    [
      'a GNU name of 3 MB',
      special('L', Buffer.alloc(3_000_000, 'n')),
      'more than 1048576 bytes that belong to no entry',
    ],
    [
      'an attribute of 3 MB',
      special('x', Buffer.alloc(3_000_000, 'n')),
      'more than 1048576 bytes that belong to no entry',
    ],
    ['a header of 1 GB', tarHeader('h', 'x', 2 ** 30), 'an entry with a header of more than 4 MB'],
    ['thousands of attributes', special('x', attributes), 'an entry with more than 256 attributes'],
    [
      'no end of global headers',
      Buffer.concat(Array<Buffer>(40).fill(special('g', Buffer.alloc(300_000, 'n')))),
      'more than 1048576 bytes that belong to no entry',
    ],
  ];
  for (const [what, blocks, why] of cases) {
    const found = await read(t, await withBlocks(blocks));
    assert.deepEqual(found.notes, [`refused: ${why}${USED}`], what);
    assert.deepEqual([found.sysctl, found.load], [SETTINGS, 0], what);
  }
});

test('a name of many bytes is refused, its member alone', async (t) => {
  const found = await read(t, await withBlocks(special('L', Buffer.from(`x/${'n'.repeat(5000)}\0`))));
  assert.match(found.notes.join(), /^entry "x\/n{117}…" not read: name longer than 1024 bytes$/);
  assert.deepEqual([found.sysctl, found.load], [SETTINGS, 0]);
});

test('a manifest that has no end, and a second one, do not hide what the first one says', async (t) => {
  const endless = { name: MANIFEST.name, body: `${String(MANIFEST.body)}${'# more\tof the same\n'.repeat(1000)}` };
  const long = await read(t, gzipSync(await tarBytes([endless, SYSCTL, LOAD])), { manifestBytes: 1000 });
  assert.deepEqual(long.notes, ['manifest.tsv of "x" was read up to 1000 bytes']);
  assert.deepEqual([long.sysctl, long.load], [SETTINGS, 1]);
  const twice = await read(t, gzipSync(await tarBytes([MANIFEST, SYSCTL, MANIFEST, LOAD])));
  assert.deepEqual(twice.notes, ['a second manifest.tsv of "x" was not read']);
  assert.deepEqual([twice.sysctl, twice.load, twice.coverage.length], [SETTINGS, 1, 2]);
});

test('members without bytes, and members named twice, are told apart from those that are missing', async (t) => {
  const empty = { name: 'x/proc-loadavg.txt', body: '' };
  const found = await read(t, gzipSync(await tarBytes([MANIFEST, SYSCTL, SYSCTL, empty])));
  assert.deepEqual(found.coverage, [
    'proc-loadavg.txt collected',
    'sysctl.txt collected: a second member of this name was not read',
  ]);
  assert.deepEqual([found.notes, found.sysctl, found.load], [[], SETTINGS, 0]);
});
