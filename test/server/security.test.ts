import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { isLoopback } from '../../src/server/security/request-checks.ts';
import { makeCase, postForm, rawRequest, testServer } from './test-server.ts';

describe('requests of other sites', () => {
  it('a forged Host is refused, whatever is asked for', async (t) => {
    const { url } = await testServer(t);
    for (const host of [
      'evil.example',
      'evil.example:8737',
      '127.0.0.1.evil.example',
      '10.0.0.1',
      'localhost@evil.example',
    ]) {
      const { status } = await rawRequest(url, { headers: { host } });
      assert.ok(status === 421 || status === 400, `${host}: ${status}`);
    }
    const { port } = new URL(url);
    for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, 'LOCALHOST'])
      assert.equal((await rawRequest(url, { headers: { host } })).status, 200, host);
  });

  it('a foreign Origin or Sec-Fetch-Site changes and reads nothing', async (t) => {
    const server = await testServer(t);
    const url = await makeCase(server, 'kept');
    const { host } = new URL(server.url);
    const forms = { 'content-type': 'application/x-www-form-urlencoded' };
    for (const headers of [
      { origin: 'http://evil.example' },
      { origin: 'null' },
      { origin: `https://${host}` },
      { origin: 'http://127.0.0.1:1' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]) {
      const { status } = await rawRequest(`${url}/delete`, {
        method: 'POST',
        headers: { ...forms, ...headers },
      });
      assert.equal(status, 403, JSON.stringify(headers));
    }
    const read = await rawRequest(url, { headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' } });
    assert.equal(read.status, 403);
    const frame = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' };
    assert.equal((await rawRequest(url, { headers: frame })).status, 403);
    const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    assert.equal((await rawRequest(url, { headers: link })).status, 200);
    assert.equal(
      (await rawRequest(`${url}/delete`, { method: 'POST', headers: { ...forms, origin: server.url } })).status,
      303,
    );
  });

  it('every answer says what a browser may do with it', async (t) => {
    const server = await testServer(t);
    const url = await makeCase(server, 'headers');
    for (const path of [server.url, url, `${url}/none`, `${server.url}/static/lastack.css`, `${server.url}/healthz`]) {
      const { headers } = await rawRequest(path);
      assert.match(String(headers['content-security-policy']), /default-src 'none'.*frame-ancestors 'none'/, path);
      assert.doesNotMatch(String(headers['content-security-policy']), /unsafe/);
      assert.equal(headers['x-content-type-options'], 'nosniff', path);
    }
    const page = (await rawRequest(url)).body;
    assert.doesNotMatch(page, /<script(?![^>]* src=)| on\w+=| style=/);
  });
});

describe('the token', () => {
  it('is asked for on every address but this machine’s', () => {
    for (const host of ['127.0.0.1', '::1', 'localhost', '127.1.2.3']) assert.ok(isLoopback(host), host);
    for (const host of ['0.0.0.0', '::', '10.0.0.1', '127.0.0.1.example', 'localhost.example'])
      assert.ok(!isLoopback(host), host);
  });

  it('opens everything, and without it nothing is told', async (t) => {
    const server = await testServer(t, { host: '0.0.0.0' });
    const url = server.url.replace('0.0.0.0', '127.0.0.1');
    const token = server.madeToken!;
    assert.match(token, /^[\w-]{43}$/);
    assert.doesNotMatch(readFileSync(join(server.dataFolder, 'token.json'), 'utf8'), new RegExp(token));
    for (const path of [
      '/',
      '/cases/x',
      '/cases/x/captures/y',
      '/cases/x/postmortem.html',
      '/cases/x/events',
      '/version',
      '/nothing',
    ]) {
      for (const authorization of [
        '',
        'Bearer ',
        'Bearer wrong',
        `Basic ${token}`,
        `Bearer ${token.slice(0, -1)}`,
        `Bearer ${token}x`,
      ]) {
        const { status, body } = await rawRequest(url + path, {
          headers: authorization === '' ? {} : { authorization },
        });
        assert.equal(status, 401, `${path} ${authorization}`);
        assert.match(body, /^show the token/);
      }
    }
    assert.equal((await rawRequest(`${url}/healthz`)).status, 200);
    assert.equal((await rawRequest(`${url}/version`, { headers: { authorization: `Bearer ${token}` } })).status, 200);
    const sent = await rawRequest(url, { headers: { accept: 'text/html' } });
    assert.equal(sent.headers['location'], '/login?next=%2F');
  });

  it('begins a session that scripts and other sites cannot use', async (t) => {
    const server = await testServer(t, { alwaysToken: true });
    const login = `${server.url}/login`;
    assert.equal((await postForm(login, { token: 'wrong' })).status, 401);
    const entered = await postForm(login, { token: server.madeToken!, next: '//evil.example' });
    assert.equal(entered.status, 303);
    assert.equal(entered.headers.get('location'), '/');
    const cookie = entered.headers.get('set-cookie')!;
    assert.match(cookie, /; HttpOnly; SameSite=Strict/);
    const value = cookie.split(';')[0]!;
    assert.equal((await rawRequest(server.url, { headers: { cookie: `a=b; ${value}` } })).status, 200);
    for (const forged of [value.slice(0, -1), value.replace(/=\d/, '=9'), 'lastack=', 'lastack=9999999999999.'])
      assert.equal((await rawRequest(server.url, { headers: { cookie: forged } })).status, 401, forged);
    await server.close();
    const again = await testServer(t, { alwaysToken: true, dataFolder: server.dataFolder });
    assert.equal(again.madeToken, null);
    assert.equal((await rawRequest(again.url, { headers: { cookie: value } })).status, 200);
    await again.close();
    const renewed = await testServer(t, { alwaysToken: true, dataFolder: server.dataFolder, newToken: true });
    assert.equal((await rawRequest(renewed.url, { headers: { cookie: value } })).status, 401);
  });

  it('cannot be guessed fast', async (t) => {
    const server = await testServer(t, { alwaysToken: true });
    const tries = await Promise.all(Array.from({ length: 30 }, () => postForm(`${server.url}/login`, { token: 'x' })));
    assert.ok(tries.filter(({ status }) => status === 429).length >= 10);
  });
});

describe('clients that ask too much', () => {
  it('huge headers, and headers that never end, close the connection', async (t) => {
    const server = await testServer(t);
    const huge = await rawRequest(server.url, { headers: { 'x-large': 'x'.repeat(20_000) } });
    assert.equal(huge.status, 431);
    const long = await rawRequest(server.url, { path: `/${'x'.repeat(20_000)}` });
    assert.equal(long.status, 431);
  });

  it('a client that sends nothing more is let go', async (t) => {
    const server = await testServer(t, { limits: { idleS: 1 } });
    await makeCase(server, 'slow');
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    socket.write('PUT /cases/slow/captures/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nabc');
    await once(socket, 'close');
    assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
  });

  it('more uploads at once than allowed are told to come again', async (t) => {
    const server = await testServer(t, { limits: { uploads: 0 } });
    const url = await makeCase(server, 'full');
    const put = await fetch(`${url}/captures/x`, { method: 'PUT', body: 'x' });
    assert.equal(put.status, 503);
    assert.equal(put.headers.get('retry-after'), '5');
  });
});
