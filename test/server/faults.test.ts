import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { tempFolder } from '../support/archives.ts';
import { surviveKills } from './kills.ts';
import { makeCase, sampleFiles, testServer, untilRead } from './test-server.ts';

describe('faults', () => {
  it('a server that is killed loses nothing that it acknowledged', async (t) => {
    const folder = await tempFolder(t);
    await surviveKills(join(folder, 'data'), await sampleFiles('quiet', 8), [30, 700]);
  });

  it('a full disk is told as such, damages nothing, and reading goes on when there is room', async (t) => {
    const folder = await tempFolder(t);
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', disk]).status !== 0)
      return t.skip('needs root to mount a small disk');
    try {
      const server = await testServer(t, { dataFolder: join(disk, 'data'), limits: { spareBytes: 4096 } });
      const url = await makeCase(server, 'full');
      const [first, second] = await sampleFiles('quiet', 2);
      assert.equal(
        (await fetch(`${url}/captures/${first!.name}`, { method: 'PUT', body: new Uint8Array(first!.bytes) })).status,
        201,
      );
      await untilRead(url);
      writeFileSync(join(disk, 'ballast'), Buffer.alloc(8 * 2 ** 20));
      const known = await fetch(`${url}/captures/large`, { method: 'PUT', body: new Uint8Array(30 * 2 ** 20) });
      assert.equal(known.status, 507);
      assert.match(await known.text(), /^the disk of the server is full: nothing was kept/);
      const unsaid = new ReadableStream({
        start(controller) {
          for (let i = 0; i < 30; i++) controller.enqueue(new Uint8Array(2 ** 20).fill(i + 1));
          controller.close();
        },
      });
      const init = { method: 'PUT', body: unsaid, duplex: 'half' };
      const chunked = await fetch(`${url}/captures/chunked`, init).catch(() => null);
      if (chunked !== null) assert.equal(chunked.status, 507);
      assert.deepEqual(readdirSync(join(disk, 'data/cases/full/incoming')), []);
      rmSync(join(disk, 'ballast'));
      assert.equal(
        (await fetch(`${url}/captures/${second!.name}`, { method: 'PUT', body: new Uint8Array(second!.bytes) })).status,
        201,
      );
      await untilRead(url);
      const page = await (await fetch(url)).text();
      assert.equal(page.match(/capture-state read/g)?.length, 2);
      await server.close();
    } finally {
      spawnSync('umount', ['-l', disk]);
    }
  });
});
