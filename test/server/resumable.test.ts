import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { makeCase, sampleFiles, testServer, untilRead } from './test-server.ts';

const TUS = { 'tus-resumable': '1.0.0' };

it('an upload in pieces goes on where it was, after a restart too, and becomes a capture with its last piece', async (t) => {
  const server = await testServer(t);
  await makeCase(server, 'pieces');
  const [file] = await sampleFiles('quiet', 1);
  const begin = (length: number, url = server.url): Promise<Response> =>
    fetch(`${url}/cases/pieces/uploads`, {
      method: 'POST',
      headers: {
        ...TUS,
        'upload-length': String(length),
        'upload-metadata': `filename ${Buffer.from('../a b.tar.gz').toString('base64')},run ${Buffer.from('r1').toString('base64')}`,
      },
    });
  const begun = await begin(file!.bytes.length);
  assert.equal(begun.status, 201);
  const path = begun.headers.get('location')!;
  const add = (url: string, offset: number, from: number, to: number): Promise<Response> =>
    fetch(url + path, {
      method: 'PATCH',
      headers: { ...TUS, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
      body: new Uint8Array(file!.bytes.subarray(from, to)),
    });
  assert.equal((await add(server.url, 0, 0, 1000)).headers.get('upload-offset'), '1000');
  assert.equal((await add(server.url, 0, 0, 1000)).status, 409);
  assert.equal((await add(server.url, 1000, 0, file!.bytes.length)).status, 413);
  await server.close();
  const again = await testServer(t, { dataFolder: server.dataFolder });
  const looked = await fetch(again.url + path, { method: 'HEAD', headers: TUS });
  const offset = Number(looked.headers.get('upload-offset'));
  assert.ok(offset >= 1000 && offset < file!.bytes.length, String(offset));
  assert.equal(looked.headers.get('upload-length'), String(file!.bytes.length));
  const last = await add(again.url, offset, offset, file!.bytes.length);
  assert.equal(last.status, 204, await last.text());
  const id = last.headers.get('lastack-capture')!;
  assert.match(id, /^[0-9a-f]{64}$/);
  assert.equal((await fetch(again.url + path, { method: 'HEAD', headers: TUS })).status, 404);
  await untilRead(`${again.url}/cases/pieces`);
  const capture = await (await fetch(`${again.url}/api/v1/cases/pieces/captures/${id}`)).json();
  assert.deepEqual([capture.name, capture.run, capture.state], ['../a b.tar.gz', 'r1', 'read']);
  const stopped = (await begin(10, again.url)).headers.get('location')!;
  assert.equal((await fetch(again.url + stopped, { method: 'DELETE', headers: TUS })).status, 204);
  assert.deepEqual(readdirSync(join(server.dataFolder, 'cases/pieces/incoming')), []);
});

it('what is no upload, or no protocol this server speaks, is refused', async (t) => {
  const server = await testServer(t, { limits: { fileBytes: 1000 } });
  const url = await makeCase(server, 'refused');
  const post = (headers: Readonly<Record<string, string>>): Promise<Response> =>
    fetch(`${url}/uploads`, { method: 'POST', headers });
  assert.equal((await post({ 'upload-length': '10' })).status, 412);
  assert.equal((await post({ ...TUS })).status, 400);
  assert.equal((await post({ ...TUS, 'upload-length': '1e3' })).status, 400);
  assert.equal((await post({ ...TUS, 'upload-length': '0' })).status, 400);
  assert.equal((await post({ ...TUS, 'upload-length': '1001' })).status, 413);
  for (const id of ['x', '..%2f..%2fcase', '%2e%2e', 'a'.repeat(36), '00000000-0000-0000-0000-000000000000'])
    assert.equal((await fetch(`${url}/uploads/${id}`, { method: 'HEAD', headers: TUS })).status, 404, id);
});
