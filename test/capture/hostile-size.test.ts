// Bombs and floods, in a process of their own: what is said of each, and that memory does not follow their size.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { measure } from '../bench/measure.ts';
import { manifestText, ROOT, tarBytes, tarHeader, tempFolder } from '../support/archives.ts';
import { lastack } from '../support/cli.ts';

const CLI = join(ROOT, 'dist/src/cli/main.js');
const END_BYTES = 1024;
/** Memory an import may take beyond that of a capture of a few lines: buffers fill up, nothing else may grow. */
const GROWTH_MB = 250;
const MEMBERS = ['sysctl sysctl.txt collected', 'load proc-loadavg.txt collected'];
const manifest = { name: 'x/manifest.tsv', body: manifestText(MEMBERS) };
const load = { name: 'x/proc-loadavg.txt', body: '0.00 0.01 0.05 1/123 4567\n' };
let smallMb = 0;

/** Part of an archive, without the blocks that end one. */
async function part(entries: Parameters<typeof tarBytes>[0]): Promise<Buffer> {
  const bytes = await tarBytes(entries);
  return gzipSync(bytes.subarray(0, bytes.length - END_BYTES));
}

/** A member's header, and its bytes as so many equal gzip members: gigabytes in a file of some megabytes. */
function memberOf(name: string, piece: Buffer, times: number): Buffer {
  const header = tarHeader(name, '0', piece.length * times);
  return Buffer.concat([gzipSync(header), ...Array<Buffer>(times).fill(gzipSync(piece))]);
}

async function peakOf(t: TestContext, archive: Buffer, ...options: string[]): Promise<{ mb: number; stderr: string }> {
  const folder = await tempFolder(t);
  const path = join(folder, 'a.tar.gz');
  await writeFile(path, archive);
  const said = join(folder, 'stderr');
  const args = ['import', path, '--case', join(folder, 'case.duckdb'), ...options];
  const { peakMb } = await measure('sh', ['-c', 'exec "$@" 2>"$0"', said, process.execPath, CLI, ...args]);
  return { mb: peakMb, stderr: await readFile(said, 'utf8') };
}

before(async (t) => {
  smallMb = (await peakOf(t as TestContext, await part([manifest, load]))).mb;
});

test('a bomb is refused by its ratio', async (t) => {
  const bomb = memberOf('x/sysctl.txt', Buffer.alloc(10 * 2 ** 20), 400);
  const { mb, stderr } = await peakOf(t, Buffer.concat([await part([manifest, load]), bomb]));
  assert.match(stderr, /a\.tar\.gz: refused: decompresses to more than 400 times its size; what came before is used/);
  assert.match(
    stderr,
    /1 samples, 1 rows\nread 2 lines: 50\.00 % understood, 1 rejected \(sysctl 1\); see the table reject\n/,
  );
  assert.ok(mb < smallMb + GROWTH_MB, `${mb.toFixed(0)} MB, ${smallMb.toFixed(0)} MB for a small capture`);
});

test('a gigabyte of one line is read through, within the limit that is asked for', async (t) => {
  const line = memberOf('x/sysctl.txt', Buffer.alloc(2 ** 20, 'net.key '), 1024);
  const archive = Buffer.concat([await part([manifest]), line, await part([load])]);
  const whole = await peakOf(t, archive, '--max-ratio', '2000');
  assert.match(
    whole.stderr,
    /1 samples, 1 rows\nread 2 lines: 50\.00 % understood, 1 rejected \(sysctl 1\); see the table reject\n/,
  );
  assert.ok(whole.mb < smallMb + GROWTH_MB, `${whole.mb.toFixed(0)} MB, ${smallMb.toFixed(0)} MB for a small capture`);
  const { stderr } = await peakOf(t, archive, '--max-ratio', '2000', '--max-bytes', '512M');
  assert.match(stderr, /a\.tar\.gz: refused: more than 536870912 bytes after decompression; what came before is used/);
});

test('a million entries are not gone through', async (t) => {
  const names = Array.from({ length: 1000 }, (_, i) => ({ name: `x/${i}.bin`, body: 'x' }));
  const thousand = await part(names);
  const archive = Buffer.concat([await part([manifest, load]), ...Array<Buffer>(1000).fill(thousand)]);
  const { mb, stderr } = await peakOf(t, archive);
  assert.match(stderr, /a\.tar\.gz: refused: more than 20000 entries; what came before is used/);
  assert.ok(mb < smallMb + GROWTH_MB, `${mb.toFixed(0)} MB, ${smallMb.toFixed(0)} MB for a small capture`);
  const all = await peakOf(t, await part([manifest, load, ...names]), '--max-entries', '100');
  assert.match(all.stderr, /refused: more than 100 entries/);
});

test('a limit that is no number is wrong usage', async () => {
  const run = await lastack(['import', 'x', '--case', 'y', '--max-bytes', '10%']);
  assert.equal(run.code, 2);
  assert.match(run.stderr, /expected a whole number above zero, such as 50000 or 200G/);
});
