import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { collect, has, NO_LOGS, samples, scratch, toolbox } from './collector.ts';

interface Put {
  readonly line: string;
  readonly token: string | undefined;
  readonly bytes: number;
}

/** Refuses the first so many requests, and keeps what came. */
async function receiver(t: TestContext, refuse: number): Promise<{ url: string; puts: readonly Put[] }> {
  const puts: Put[] = [];
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      puts.push({ line: `${request.method} ${request.url}`, token: request.headers.authorization, bytes: body.length });
      response.writeHead(puts.length <= refuse ? 503 : 201).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('no port');
  return { url: `http://127.0.0.1:${address.port}/cases/outage/captures`, puts };
}

for (const [tool, without] of [
  ['curl', []],
  ['wget', ['curl']],
] as const) {
  test(`--upload sends a capture, again where the server refused it (${tool})`, async (t) => {
    if (!has(t, tool)) return;
    const folder = scratch(t);
    const out = join(folder, 'out');
    writeFileSync(join(folder, 'token'), 'very-secret\n');
    const { url, puts } = await receiver(t, 1);
    const path = toolbox(join(folder, 'bin'), without);
    const args = ['--once', '--upload', url, '--token-file', join(folder, 'token'), '--out', out, ...NO_LOGS];
    const ended = await collect(t, args, { path });
    assert.equal(ended.code, 0, ended.stderr);
    const [sample] = samples(out);
    const { size } = statSync(join(out, `${sample!.name}.tar.gz`));
    const expected = { line: 'PUT /cases/outage/captures', token: 'Bearer very-secret', bytes: size };
    assert.deepEqual(puts, [expected, expected]);
    assert.deepEqual(readdirSync(out), [`${sample!.name}.tar.gz`], 'nothing is left to send');
    for (const name of sample!.members) assert.ok(!sample!.text(name).includes('very-secret'), name);
  });
}

test('what could not be sent is sent by the next run', async (t) => {
  if (!has(t, 'curl')) return;
  const out = scratch(t);
  const dead = await receiver(t, 99);
  const messages = join(out, 'messages');
  await collect(t, ['--once', '--upload', dead.url, '--messages', messages, '--out', out, ...NO_LOGS]);
  assert.match(readFileSync(messages, 'utf8'), /^[-\dT:Z]+ lastack-collect: not sent: curl: .*503/m);
  const { url, puts } = await receiver(t, 0);
  await collect(t, ['--once', '--upload', url, '--out', out, ...NO_LOGS]);
  assert.equal(puts.length, 2);
});
