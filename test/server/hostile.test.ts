import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { it } from 'node:test';
import { createGzip } from 'node:zlib';
import { Meter } from '../../src/server/data/receive.ts';
import { DEFAULT_SERVER_LIMITS } from '../../src/server/settings.ts';
import { tarHeader } from '../support/archives.ts';
import { makeCase, sampleFiles, testServer, untilRead } from './test-server.ts';

const MIB = 2 ** 20;

/** A log of zeros that is a thousand times as large as the archive it comes in. */
async function bomb(mebibytes: number): Promise<Buffer> {
  const zeros = Buffer.alloc(MIB);
  function* parts(): Generator<Buffer> {
    yield tarHeader('access.log', '0', mebibytes * MIB);
    for (let i = 0; i < mebibytes; i++) yield zeros;
    yield Buffer.alloc(1024);
  }
  return buffer(Readable.from(parts()).pipe(createGzip()));
}

/** An archive of empty files. */
async function crowd(entries: number): Promise<Buffer> {
  function* parts(): Generator<Buffer> {
    for (let i = 0; i < entries; i++) yield tarHeader(`x${i}`, '0', 0);
    yield Buffer.alloc(1024);
  }
  return buffer(Readable.from(parts()).pipe(createGzip()));
}

it('archives that would fill memory or disk are refused with the reason, and the others are read', async (t) => {
  const server = await testServer(t);
  const url = await makeCase(server, 'bombs');
  const [good] = await sampleFiles('quiet', 1);
  for (const [name, bytes] of [
    ['bomb.tar.gz', await bomb(600)],
    ['crowd.tar.gz', await crowd(60_000)],
    [good!.name, good!.bytes],
  ] as const)
    assert.equal((await fetch(`${url}/captures/${name}`, { method: 'PUT', body: new Uint8Array(bytes) })).status, 201);
  const before = memoryOf(process.pid);
  await untilRead(url);
  const captures = (await (await fetch(`${server.url}/api/v1/cases/bombs/captures`)).json()) as {
    name: string;
    state: string;
    note: string | null;
  }[];
  const of = (name: string): { state: string; note: string | null } => captures.find((one) => one.name === name)!;
  assert.match(of('bomb.tar.gz').note ?? '', /400/);
  assert.match(of('crowd.tar.gz').note ?? '', /20,?000/);
  assert.equal(of(good!.name).state, 'read');
  assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
  assert.ok(memoryOf(process.pid) - before < 200 * MIB, 'the server holds what its processes read');
  assert.deepEqual(readdirSync(`${server.dataFolder}/cases/bombs/incoming`), []);
  const page = await (await fetch(url)).text();
  assert.match(page, /bomb\.tar\.gz/);
});

it('a client that sends a byte now and then is let go', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const meter = new Meter({ ...DEFAULT_SERVER_LIMITS, bytesPerSecond: 100 });
  t.after(() => meter.stop());
  const source = new Readable({ read: () => undefined });
  const done = assert.rejects(
    pipeline(source, meter, async function* (chunks) {
      for await (const chunk of chunks) yield chunk;
    }),
    /fewer than 100 bytes a second arrived/,
  );
  source.push(Buffer.alloc(4000));
  await new Promise((resolve) => setImmediate(resolve));
  t.mock.timers.tick(30_000);
  source.push(Buffer.alloc(30));
  await new Promise((resolve) => setImmediate(resolve));
  t.mock.timers.tick(30_000);
  await done;
});

function memoryOf(pid: number): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
}
