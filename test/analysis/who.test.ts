import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { analyse } from '../../src/analysis/analyse.ts';
import type { Postmortem, WhoGroup } from '../../src/analysis/document.ts';
import { loadLibrary } from '../../src/analysis/library.ts';
import { smallCase, tableSources } from '../queries/small-case.ts';

const library = await loadLibrary();

async function analysed(t: TestContext, ...inputs: readonly string[]): Promise<Postmortem> {
  const connection = await smallCase(t, 'quiet.sql', ...inputs);
  return analyse(connection, { lastackVersion: '0.0.0-test', library, tableSources });
}

function group(document: Postmortem, of: string, by: string): WhoGroup {
  const found = document.who.find((item) => item.of === of && item.by === by);
  assert.ok(found, `${of} by ${by} is not among ${document.who.map((item) => `${item.of} by ${item.by}`).join(', ')}`);
  return found;
}

describe('who made up a rise', () => {
  it('lists nobody in a quiet run', async (t) => {
    assert.deepEqual((await analysed(t)).who, []);
  });

  it('splits sockets by prefix, against what was there before', async (t) => {
    const prefixes = group(await analysed(t, 'document/who.sql'), 'CLOSE_WAIT', 'prefix');
    assert.equal(prefixes.title, 'CLOSE_WAIT sockets by peer prefix');
    assert.equal(prefixes.unit, 'sockets');
    assert.equal(prefixes.at.length, 25);
    const [first] = prefixes.rows;
    assert.equal(first?.name, '192.0.2.0/24');
    assert.equal(first?.before, 0);
    assert.ok(Math.abs((first?.shareDuring ?? 0) - 30 / 53) < 0.05, `share ${first?.shareDuring}`);
    assert.deepEqual(first?.value.slice(11, 13), [0, 30], 'a sample with none is a zero');
    const usual = prefixes.rows.find((row) => row.name === '10.1.0.0/24');
    assert.equal(usual?.before, 3);
    assert.equal(usual?.shareBefore, 1);
  });

  it('marks own addresses and backends, so that they are left out of blame', async (t) => {
    const peers = group(await analysed(t, 'document/who.sql'), 'CLOSE_WAIT', 'peer');
    const kinds = new Map(peers.rows.map((row) => [row.name, row.kind]));
    assert.equal(kinds.get('10.0.0.1'), 'own');
    assert.equal(kinds.get('10.2.0.1'), 'backend');
    assert.equal(kinds.get('192.0.2.3'), 'client');
    assert.equal(kinds.get('10.8.0.7'), 'proxy');
  });

  it('tells a health checker by what it does', async (t) => {
    const clients = group(await analysed(t, 'document/who.sql'), 'failed-requests', 'peer');
    const kinds = new Map(clients.rows.map((row) => [row.name, row.kind]));
    assert.equal(kinds.get('10.9.0.1'), 'health-check');
    assert.equal(kinds.get('10.1.0.1'), 'client');
  });

  it('names the backend of a failed request, by the balancer or by the error log beside it', async (t) => {
    const backends = group(await analysed(t, 'document/failed-backends.sql'), 'failed-requests', 'backend');
    assert.equal(backends.title, 'Requests answered 5xx by backend');
    const during = new Map(backends.rows.map((row) => [row.name, row.value.reduce((sum, value) => sum + value, 0)]));
    assert.deepEqual(
      during,
      new Map([
        ['10.2.0.1:9000', 15],
        ['10.2.0.2:9000', 6],
        ['10.2.0.9:8080', 2],
      ]),
    );
  });

  it('lists twelve names and adds up the others', async (t) => {
    const peers = group(await analysed(t, 'document/who.sql'), 'CLOSE_WAIT', 'peer');
    assert.equal(peers.rows.length, 12);
    assert.equal(peers.others?.names, 21 - 12);
    const at = 15;
    const listed = peers.rows.reduce((sum, row) => sum + (row.value[at] ?? Number.NaN), 0);
    assert.equal(listed + (peers.others?.value[at] ?? Number.NaN), 53, 'nobody is lost');
  });

  it('adds up failed requests by URL, virtual host and user agent', async (t) => {
    const document = await analysed(t, 'document/who.sql');
    const urls = group(document, 'failed-requests', 'url');
    assert.equal(urls.fold, 'sum');
    assert.deepEqual(
      urls.rows.map((row) => row.name),
      ['/app', '/health'],
    );
    assert.equal(urls.rows[0]?.before, 0);
    assert.equal(
      urls.rows[0]?.value.reduce((sum, value) => sum + value, 0),
      80,
    );
    assert.equal(group(document, 'failed-requests', 'vhost').rows[0]?.name, 'shop');
    assert.equal(group(document, 'failed-requests', 'user-agent').rows[0]?.name, 'curl/8.5');
  });

  it('leaves out a missing sample, and says nothing of before where there is none', async (t) => {
    const connection = await smallCase(t, 'quiet.sql', 'document/who.sql');
    await connection.run('delete from socket where capture_id = 14');
    await connection.run('delete from capture where capture_id < 12');
    const document = await analyse(connection, { lastackVersion: '0.0.0-test', library, tableSources });
    const waiting = document.who.find((item) => item.of === 'accept-queue' || item.of === 'CLOSE_WAIT');
    assert.equal(waiting?.at.length, 12);
    assert.equal(waiting?.rows[0]?.before, null);
    assert.equal(waiting?.rows[0]?.shareBefore, null);
  });
});
