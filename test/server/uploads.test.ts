import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { watch } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { lastack } from '../support/cli.ts';
import { projectRoot } from '../support/project.ts';
import { filesForm, makeCase, postForm, sampleFiles, testServer, untilRead } from './test-server.ts';

const curl = promisify(execFile);

describe('uploads without a script', () => {
  it('a form with many files is read, and the command line works on the same case', async (t) => {
    const server = await testServer(t);
    const url = await makeCase(server, 'Outage of www1');
    const files = await sampleFiles('worker-exhaustion', 8);
    const sent = await fetch(`${url}/captures`, { method: 'POST', body: filesForm(files), redirect: 'manual' });
    assert.equal(sent.status, 201, await sent.text());
    const told = await untilRead(url);
    assert.ok(told.some(({ event }) => event === 'rows'));
    const page = await (await fetch(url, { headers: { accept: 'text/html' } })).text();
    assert.match(page, /www1/);
    assert.equal(page.match(/class="capture-state read"/g)?.length, 8);
    await server.close();
    const path = join(server.dataFolder, 'cases/outage-of-www1/case.duckdb');
    const counted = await lastack(['query', '--case', path, '--format', 'csv', 'select count(*) as n from capture']);
    assert.equal(counted.stdout, 'n\n8\n');
  });

  it('a broken file says why and harms nothing else; an empty one is refused', async (t) => {
    const server = await testServer(t);
    const url = await makeCase(server, 'broken');
    const [good] = await sampleFiles('quiet', 1);
    const cut = { name: 'cut.tar.gz', bytes: good!.bytes.subarray(0, 300) };
    const form = filesForm([cut, { name: 'empty.tar.gz', bytes: Buffer.alloc(0) }, good!]);
    const sent = await fetch(`${url}/captures`, { method: 'POST', body: form });
    assert.equal(sent.status, 400);
    const lines = (await sent.text()).split('\n');
    assert.match(lines[0]!, /^cut.tar.gz: 300 bytes kept/);
    assert.equal(lines[1], 'empty.tar.gz: the file is empty; send a capture');
    assert.match(lines[2]!, /bytes kept, waiting to be read$/);
    await untilRead(url);
    const page = await (await fetch(url)).text();
    assert.equal(page.match(/class="capture-state read"/g)?.length, 1);
    assert.equal(page.match(/class="capture-state failed"/g)?.length, 1);
    assert.match(page, /class="note">[^<]{10,}</);
  });

  it('curl -T sends one; the same file again is recognised, under any name', async (t) => {
    const server = await testServer(t);
    const url = await makeCase(server, 'curl');
    const path = join(projectRoot, 'samples/quiet', (await sampleFiles('quiet', 1))[0]!.name);
    const first = await curl('curl', ['-sST', path, '-w', '%{http_code}', `${url}/captures/?run=before`]);
    assert.match(first.stdout, /^lastack-\S+\.tar\.gz: \d+ bytes kept, waiting to be read\n201$/);
    const second = await curl('curl', ['-sST', path, '-w', '%{http_code}', `${url}/captures`]);
    assert.match(second.stdout, /the case has this file already; it (waits to be|has been) read\n200$/);
    await untilRead(url);
    const third = await curl('curl', ['-sSf', '-F', `file=@${path};filename=other.tgz`, `${url}/captures`]);
    assert.match(third.stdout, /the case has this file already; it has been read/);
    const page = await (await fetch(url)).text();
    assert.equal(page.match(/class="capture-state/g)?.length, 1);
    assert.match(page, /<th scope="row">before<\/th>/);
  });

  it('names are shown and never become paths', async (t) => {
    const server = await testServer(t);
    const url = await makeCase(server, 'names');
    const files = await sampleFiles('quiet', 4);
    const names = ['../../../evil.tar.gz', 'a\\..\\b.tar.gz', '<img src=x onerror=alert(1)>.tar.gz', '..'];
    const form = filesForm(files.map(({ bytes }, i) => ({ name: names[i]!, bytes })));
    assert.equal((await fetch(`${url}/captures`, { method: 'POST', body: form })).status, 201);
    const encoded = `${url}/captures/${encodeURIComponent('../../x/../y.tar.gz')}`;
    const put = await fetch(encoded, {
      method: 'PUT',
      body: new Uint8Array((await sampleFiles('quiet', 5))[4]!.bytes),
    });
    assert.equal(put.status, 201);
    await untilRead(url);
    const folder = join(server.dataFolder, 'cases/names');
    for (const id of readdirSync(join(folder, 'captures'))) {
      assert.match(id, /^[0-9a-f]{64}$/);
      for (const name of readdirSync(join(folder, 'captures', id))) assert.match(name, /^[\w][\w.-]*$/);
    }
    assert.deepEqual(readdirSync(server.dataFolder).toSorted(), ['cases', 'server.lock']);
    const page = await (await fetch(url)).text();
    assert.doesNotMatch(page, /<img/);
    assert.match(page, /&lt;img src=x onerror/);
  });

  it('an upload that breaks off leaves nothing, and one that is too large is refused', async (t) => {
    const server = await testServer(t, { limits: { fileBytes: 1000 } });
    const url = await makeCase(server, 'limits');
    const incoming = join(server.dataFolder, 'cases/limits/incoming');
    const large = await fetch(`${url}/captures/large.tar.gz`, { method: 'PUT', body: Buffer.alloc(2000) });
    assert.equal(large.status, 413);
    assert.match(await large.text(), /larger than 1000 bytes/);
    const inForm = await fetch(`${url}/captures`, {
      method: 'POST',
      body: filesForm([
        { name: 'large.tar.gz', bytes: Buffer.alloc(2000, 1) },
        { name: 'small.log', bytes: Buffer.from('x\n') },
      ]),
    });
    assert.match(await inForm.text(), /^large.tar.gz: it is larger than 1000 bytes[^\n]*\nsmall.log: 2 bytes kept/);
    const { hostname, port } = new URL(url);
    const changes = watch(incoming);
    const socket = connect(Number(port), hostname);
    socket.write('PUT /cases/limits/captures/cut HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\n\r\nabc');
    for await (const _ of changes) {
      if (readdirSync(incoming).length === 0) break;
      socket.destroy();
    }
    await untilRead(url);
    assert.deepEqual(readdirSync(incoming), []);
  });

  it('what is asked of a case that is not there is answered in one line', async (t) => {
    const server = await testServer(t);
    const put = await fetch(`${server.url}/cases/none/captures/x.tar.gz`, { method: 'PUT', body: 'x' });
    assert.equal(put.status, 404);
    assert.match(await put.text(), /^there is no case of this name[^\n]+\n$/);
    assert.equal((await postForm(`${server.url}/cases`, { name: ' \u202e ' })).status, 400);
    assert.equal((await fetch(`${server.url}/cases/..%2f..%2fetc`)).status, 404);
  });
});

describe('cases', () => {
  it('are renamed, deleted, had back within a day, and gone after it', async (t) => {
    const server = await testServer(t);
    const url = await makeCase(server, 'One');
    assert.equal(await makeCase(server, 'one!'), `${server.url}/cases/one-2`);
    assert.equal((await postForm(`${url}/rename`, { name: 'Ünïcode' })).status, 303);
    assert.match(await (await fetch(server.url)).text(), /Ünïcode/);
    assert.equal((await postForm(`${url}/delete`)).status, 303);
    assert.equal((await fetch(url)).status, 410);
    assert.match(await (await fetch(server.url)).text(), /Undo/);
    assert.equal((await postForm(`${url}/restore`)).status, 303);
    assert.equal((await fetch(url)).status, 200);
    await postForm(`${url}/delete`);
    await server.close();
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 25 * 3600 * 1000 });
    const later = await testServer(t, { dataFolder: server.dataFolder });
    assert.equal((await fetch(`${later.url}/cases/one`)).status, 404);
    assert.ok(!existsSync(join(server.dataFolder, 'cases/one')));
    assert.equal((await fetch(`${later.url}/cases/one-2`)).status, 200);
  });

  it('a folder is served by one server at a time', async (t) => {
    const server = await testServer(t);
    await assert.rejects(testServer(t, { dataFolder: server.dataFolder }), /is in use by another lastack serve/);
  });
});
