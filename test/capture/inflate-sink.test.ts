import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { InflateSink } from '../../src/capture/inflate-sink.ts';
import { DEFAULT_LIMITS, type Limits } from '../../src/capture/limits.ts';

const TEXT = Buffer.from(Array.from({ length: 20_000 }, (_, i) => `line ${(i * 7919) % 10_007}\n`).join(''));

async function inflate(
  bytes: Uint8Array,
  step: number,
  limits: Partial<Limits> = {},
): Promise<[string, string | null]> {
  const chunks: Uint8Array[] = [];
  let damage: string | null = null;
  const sink = new InflateSink(
    {
      push(chunk) {
        chunks.push(chunk.slice());
        return undefined;
      },
      end: () => Promise.resolve(),
    },
    { limits: { ...DEFAULT_LIMITS, ...limits }, onDamage: (what) => (damage = what) },
  );
  for (let at = 0; at < bytes.length; at += step) await sink.push(bytes.subarray(at, at + step));
  await sink.end();
  return [Buffer.concat(chunks).toString(), damage];
}

test('plain bytes go on as they are, compressed ones as what was in them, whatever the chunks', async () => {
  for (const bytes of [TEXT, gzipSync(TEXT)]) {
    for (const step of [5, 4096, bytes.length]) {
      const [text, damage] = await inflate(bytes, step);
      assert.equal(damage, null);
      assert.ok(text === TEXT.toString(), `chunks of ${step}`);
    }
  }
  assert.deepEqual(await inflate(Buffer.from('abc'), 1), ['abc', null]);
  assert.deepEqual(await inflate(Buffer.alloc(0), 1), ['', null]);
});

test('what cannot be decompressed says what would help', async () => {
  assert.deepEqual(await inflate(Buffer.from('BZh91AY&SY'), 3), ['', 'it is bzip2-compressed; run bzip2 -d first']);
});

test('damage and bombs are told, and what came before is given', async () => {
  const packed = gzipSync(TEXT);
  const [half, cut] = await inflate(packed.subarray(0, packed.length >> 1), 1000);
  assert.equal(cut, 'it ends in the middle');
  assert.ok(half.length > 0 && TEXT.toString().startsWith(half));
  const bomb = gzipSync(Buffer.alloc(4_000_000));
  const [, refused] = await inflate(bomb, 1000, { ratioFromBytes: 1_000_000, ratio: 50 });
  assert.match(refused ?? '', /refused: decompresses to/);
});
