import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { readArchive } from '../../src/capture/archive.ts';
import { DEFAULT_LIMITS, type Limits } from '../../src/capture/limits.ts';
import type { Visitor } from '../../src/capture/visitor.ts';
import { type Entry, tempFolder, writeArchive } from '../support/archives.ts';

interface Visit {
  readonly members: Map<string, number>;
  readonly notes: string[];
  damage: string | null;
}

async function visit(path: string, limits: Partial<Limits> = {}): Promise<Visit> {
  const seen: Visit = { members: new Map(), notes: [], damage: null };
  const visitor: Visitor = {
    member(name) {
      seen.members.set(name, 0);
      return Promise.resolve({
        push(chunk) {
          seen.members.set(name, seen.members.get(name)! + chunk.length);
          return undefined;
        },
        end: () => Promise.resolve(),
      });
    },
    note: (text) => seen.notes.push(text),
    damaged(text) {
      seen.damage = text;
    },
  };
  await readArchive(path, { ...DEFAULT_LIMITS, ...limits }, visitor);
  return seen;
}

test('regular files are visited in order, whatever stands beside them', async (t) => {
  const folder = await tempFolder(t);
  const entries: Entry[] = [
    { name: 'x/manifest.tsv', body: 'm' },
    { name: '../../etc/passwd', body: 'escape' },
    { name: '/etc/passwd', body: 'absolute' },
    { name: 'x/../../y', body: 'escape' },
    { name: 'x/link', header: { type: 'symlink', linkname: '/etc/passwd' } },
    { name: 'x/hard', header: { type: 'link', linkname: 'x/manifest.tsv' } },
    { name: 'x/pipe', header: { type: 'fifo' } },
    { name: 'x/disk', header: { type: 'block-device' } },
    { name: 'x/logs/', header: { type: 'directory' } },
    { name: `x/${'n'.repeat(2000)}`, body: 'long' },
    { name: 'x/ss.txt', body: 'State' },
  ];
  const seen = await visit(await writeArchive(join(folder, 'hostile.tar.gz'), entries));
  assert.deepEqual(
    [...seen.members],
    [
      ['x/manifest.tsv', 1],
      ['x/ss.txt', 5],
    ],
  );
  assert.equal(seen.damage, null);
  assert.deepEqual(
    seen.notes.map((note) => note.slice(0, 60)),
    [
      'entry "../../etc/passwd" not read: path that leaves the capt',
      'entry "/etc/passwd" not read: absolute path',
      'entry "x/../../y" not read: path that leaves the capture',
      'entry "x/link" not read: a symbolic link',
      'entry "x/hard" not read: a hard link',
      'entry "x/pipe" not read: a named pipe',
      'entry "x/disk" not read: a device',
      `entry "x/${'n'.repeat(51)}`,
    ],
  );
});

test('limits on entries, bytes and compression ratio stop the reading and say so', async (t) => {
  const folder = await tempFolder(t);
  const many = await writeArchive(
    join(folder, 'many.tar.gz'),
    Array.from({ length: 50 }, (_, i) => ({ name: `x/${i}`, body: 'a' })),
  );
  const entries = await visit(many, { entries: 10 });
  assert.equal(entries.members.size, 10);
  assert.equal(entries.damage, 'refused: more than 10 entries');
  const big = await writeArchive(join(folder, 'bomb.tar.gz'), [{ name: 'x/zeros', body: new Uint8Array(20_000_000) }]);
  assert.equal(
    (await visit(big, { totalBytes: 1_000_000 })).damage,
    'refused: more than 1000000 bytes after decompression',
  );
  assert.equal(
    (await visit(big, { ratioFromBytes: 1_000_000, ratio: 50 })).damage,
    'refused: decompresses to more than 50 times its size',
  );
});

test('an archive cut anywhere gives what came before the cut, and says that it is cut', async (t) => {
  const folder = await tempFolder(t);
  const body = Buffer.from(Array.from({ length: 40_000 }, (_, i) => `line ${(i * 7919) % 10_007}\n`).join(''));
  const whole = await writeArchive(
    join(folder, 'whole.tar.gz'),
    [1, 2, 3].map((i) => ({ name: `x/${i}.txt`, body })),
  );
  const bytes = await readFile(whole);
  let last = 0;
  for (let eighth = 1; eighth < 8; eighth++) {
    const path = join(folder, 'cut.tar.gz');
    await writeFile(path, bytes.subarray(0, Math.floor((bytes.length * eighth) / 8)));
    const seen = await visit(path);
    const read = [...seen.members.values()].reduce((sum, size) => sum + size, 0);
    assert.equal(seen.damage, 'the archive is cut: it ends in the middle', `cut at ${eighth}/8`);
    assert.ok(read >= last && read < body.length * 3, `cut at ${eighth}/8 gave ${read} bytes`);
    last = read;
  }
  assert.ok(last > body.length, 'the last cut keeps at least the first member');
});

test('damage inside the compressed data is told, not thrown', async (t) => {
  const folder = await tempFolder(t);
  const path = await writeArchive(join(folder, 'flip.tar.gz'), [{ name: 'x/a', body: 'a'.repeat(100_000) + Math.PI }]);
  const bytes = await readFile(path);
  for (const at of [Math.floor(bytes.length / 2), bytes.length - 6]) {
    const flipped = Buffer.from(bytes);
    flipped[at]! ^= 0x55;
    await writeFile(path, flipped);
    const { damage } = await visit(path);
    assert.notEqual(damage, null, `flip at ${at}`);
  }
});
