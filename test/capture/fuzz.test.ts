// Archives and manifests with damage anywhere: reading never fails and never hangs, and what it says of them is one line.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { CliError } from '../../src/base/errors.ts';
import { readArchive } from '../../src/capture/archive.ts';
import { DEFAULT_LIMITS } from '../../src/capture/limits.ts';
import { parseManifest } from '../../src/capture/manifest.ts';
import { manifestText, ROOT, tarBytes, tarHeader, tempFolder } from '../support/archives.ts';
import { importedCase } from '../support/cases.ts';
import { bytesOf, linesOf, mutate, type Random } from '../support/mutate.ts';
import { processorMs } from '../support/processor-time.ts';
import { seededRandom } from '../support/random.ts';

const ROUNDS = Number(process.env['FUZZ_ROUNDS'] ?? 200);
const SEED = Number(process.env['FUZZ_SEED'] ?? 0);
const DEADLINE_MS = 5_000;
const TYPES = ['0', '1', '2', '5', '6', '7', 'L', 'K', 'x', 'g', 'S', 'V', 'M', '\0'];

const SAMPLES = join(ROOT, 'samples/quiet');
const sample = gunzipSync(readFileSync(join(SAMPLES, readdirSync(SAMPLES).toSorted()[0]!)));

/** A small archive with every kind of header in it. */
const small = Buffer.concat([
  await tarBytes([{ name: `x/${'long'.repeat(60)}`, body: 'a' }]).then((bytes) => bytes.subarray(0, -1024)),
  tarHeader('h', 'g', 20),
  Buffer.from('19 comment=abcdefg\n\0'.padEnd(512, '\0')),
  ...TYPES.map((type, i) => tarHeader(`x/${i}`, type, 0)),
  await tarBytes([
    { name: 'x/manifest.tsv', body: manifestText(['load proc-loadavg.txt collected']) },
    { name: 'x/proc-loadavg.txt', body: '0.00 0.01 0.05 1/123 4567\n' },
  ]),
]);

function damage(original: Buffer, random: Random): Buffer {
  const bytes = Buffer.from(original);
  for (let flips = random(6); flips >= 0; flips--) {
    const header = 512 * random(bytes.length >> 9);
    const at = random(2) === 0 ? header + random(512) : random(bytes.length);
    bytes[at] = random(2) === 0 ? random(256) : bytes[at]! ^ (1 << random(8));
    if (random(2) === 0) repairChecksum(bytes, header);
  }
  if (random(3) === 0) return bytes.subarray(0, random(bytes.length));
  return random(3) === 0 ? Buffer.concat([bytes, original.subarray(random(original.length))]) : bytes;
}

/** So that damage gets past the checksum. */
function repairChecksum(bytes: Buffer, header: number): void {
  if (header + 512 > bytes.length) return;
  bytes.fill(0x20, header + 148, header + 156);
  const sum = bytes.subarray(header, header + 512).reduce((total, byte) => total + byte, 0);
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, header + 148);
}

async function readDamaged(path: string, bytes: Buffer, what: string): Promise<void> {
  await writeFile(path, bytes);
  const started = processorMs();
  const said: string[] = [];
  try {
    await readArchive(path, DEFAULT_LIMITS, {
      member: () => Promise.resolve({ push: () => undefined, end: () => Promise.resolve() }),
      note: (text) => said.push(text),
      damaged: (text) => said.push(text),
    });
  } catch (error) {
    assert.ok(error instanceof CliError, `${what}: ${String(error)}`);
    said.push(error.message);
  }
  assert.ok(processorMs() - started < DEADLINE_MS, `${what}: too slow`);
  // oxlint-disable-next-line no-control-regex -- what must not get through
  for (const text of said) assert.doesNotMatch(text, /[\u0000-\u001f]/, what);
}

test(`${ROUNDS} damaged tar archives`, async (t) => {
  const folder = await tempFolder(t);
  const random = seededRandom(SEED + 1);
  for (let round = 0; round < ROUNDS; round++) {
    const tar = damage(round % 4 === 0 ? sample : small, random);
    const packed = random(2) === 0;
    await readDamaged(join(folder, 'a'), packed ? gzipSync(tar) : tar, `seed ${SEED}, round ${round}`);
  }
});

test(`${ROUNDS / 2} damaged gzip files`, async (t) => {
  const folder = await tempFolder(t);
  const random = seededRandom(SEED + 2);
  const packed = [gzipSync(small), gzipSync(sample), Buffer.concat([gzipSync(small), gzipSync(small)])];
  for (let round = 0; round < ROUNDS / 2; round++)
    await readDamaged(
      join(folder, 'a'),
      damage(packed[round % packed.length]!, random),
      `seed ${SEED}, round ${round}`,
    );
});

test(`${ROUNDS * 10} damaged manifests`, () => {
  const lines = linesOf(
    Buffer.from(manifestText(['ss ss-tanoemi.txt collected a+note', 'ps - absent'], { zone: 'Asia/Kolkata' })),
  );
  const random = seededRandom(SEED + 3);
  for (let round = 0; round < ROUNDS * 10; round++) {
    const text = Buffer.from(bytesOf(mutate(lines, ['# host', '# epoch_ms\t1e300', 'probe'], random))).toString();
    try {
      parseManifest(text);
    } catch (error) {
      assert.ok(error instanceof CliError, `seed ${SEED}, round ${round}: ${String(error)}`);
    }
  }
});

test('captures with a damaged manifest are imported or refused, and every line of theirs is accounted for', async (t) => {
  const folder = await tempFolder(t);
  const random = seededRandom(SEED + 4);
  const lines = linesOf(Buffer.from(manifestText(['load proc-loadavg.txt collected', 'sysctl sysctl.txt collected'])));
  const captures: string[] = [];
  for (let round = 0; round < ROUNDS / 5; round++) {
    const body = bytesOf(mutate(lines, ['# epoch_ms\t1e300', '# uptime_s\t-1', '# zone\tMars/Base'], random));
    const path = join(folder, `${round}.tar.gz`);
    captures.push(path);
    const tar = await tarBytes([
      { name: 'x/manifest.tsv', body },
      { name: 'x/proc-loadavg.txt', body: '0.00 0.01 0.05 1/123 4567\n' },
      { name: 'x/sysctl.txt', body: `net.a = ${round}\nbad line\n` },
    ]);
    await writeFile(path, gzipSync(tar));
  }
  const found = await importedCase(t, captures);
  assert.ok(found.result.samples > 0);
  assert.deepEqual(await found.query('from coverage where lines <> row_lines + known + rejects'), []);
});
