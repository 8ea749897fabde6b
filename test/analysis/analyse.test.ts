import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { DuckDBInstance } from '@duckdb/node-api';
import { analyse } from '../../src/analysis/analyse.ts';
import { CliError } from '../../src/base/errors.ts';
import { smallCase, tableSources } from '../queries/small-case.ts';
import { tempFolder } from '../support/archives.ts';

const options = { lastackVersion: '0.0.0-test', tableSources };
const HIT = 'findings/backend-timeout/hit/input.sql';

describe('analyse', () => {
  it('gives the same bytes twice, and leaves the connection as it was', async (t) => {
    const connection = await smallCase(t, 'quiet.sql', HIT);
    const first = JSON.stringify(await analyse(connection, options));
    assert.equal(JSON.stringify(await analyse(connection, options)), first);
    assert.equal(Number((await connection.runAndReadAll('select count(*) from capture')).getRows()[0]?.[0]), 25);
  });

  it('gives the same bytes with one thread and with four', async (t) => {
    const connection = await smallCase(t, 'quiet.sql', HIT);
    const one = JSON.stringify(await analyse(connection, options));
    await connection.run('set threads = 4');
    assert.equal(JSON.stringify(await analyse(connection, options)), one);
  });

  it('names both of two causes that are as grave and as well supported, and what tells them apart', async (t) => {
    const flood = 'findings/syn-flood/hit/input.sql';
    const connection = await smallCase(t, 'quiet.sql', 'findings/backend-refused/hit/input.sql', flood);
    const { rootCause, confidence, sentence } = (await analyse(connection, options)).verdict;
    assert.deepEqual({ rootCause, confidence }, { rootCause: 'backend-refused', confidence: 'medium' });
    assert.match(
      sentence,
      /refused connections .*; another cause fits as well: A SYN flood .* To tell them apart: backend-refused shows in .*; syn-flood in /,
    );
  });

  it('reads a case that may only be read', async (t) => {
    const path = join(await tempFolder(t), 'case.duckdb');
    const connection = await smallCase(t, 'quiet.sql', HIT);
    await connection.run(`attach '${path}' as copy`);
    await connection.run('copy from database memory to copy');
    await connection.run('detach copy');
    const instance = await DuckDBInstance.create(path, { access_mode: 'READ_ONLY' });
    const readOnly = await instance.connect();
    t.after(() => {
      readOnly.closeSync();
      instance.closeSync();
    });
    assert.equal((await analyse(readOnly, options)).verdict.rootCause, 'backend-timeout');
  });

  it('narrows to the time asked for', async (t) => {
    const connection = await smallCase(t, 'quiet.sql', HIT);
    const quiet = await analyse(connection, { ...options, until: '2026-01-05T12:00:40.000Z' });
    assert.equal(quiet.verdict.rootCause, null);
    assert.equal(quiet.recorded.end, '2026-01-05T12:00:40.000Z');
    assert.equal(quiet.settings.length > 0, true, 'settings hold for the whole run');
    await assert.rejects(
      analyse(connection, { ...options, since: '2027-01-01T00:00:00.000Z' }),
      (error) => error instanceof CliError && error.exitCode === 2 && /no sample for since/.test(error.message),
    );
    await assert.rejects(analyse(connection, { ...options, runs: ['other'] }), /no sample for run other/);
  });

  it('says of a single sample what it proves, and no more', async (t) => {
    const connection = await smallCase(t, 'quiet.sql');
    await connection.run("update socket set recv_q = 257 where local_port = 80 and state = 'LISTEN'");
    const document = await analyse(connection, {
      ...options,
      since: '2026-01-05T12:00:50.000Z',
      until: '2026-01-05T12:00:50.000Z',
    });
    assert.deepEqual(
      document.findings.map((finding) => finding.id),
      ['accept-queue-overflow'],
    );
    assert.deepEqual(document.findings[0]?.confidence, 'medium');
    assert.ok(document.quality.notes.some((note) => /single sample/.test(note)));
  });

  it('says of Apache logs alone what could not be checked', async (t) => {
    const connection = await smallCase(t, 'quiet.sql', HIT);
    for (const table of [
      'socket',
      'counter',
      'conntrack',
      'conntrack_fill',
      'conntrack_stat',
      'apache_status',
      'sysctl',
      'setting',
    ]) {
      await connection.run(`delete from ${table}`);
    }
    await connection.run("delete from coverage where source not in ('access-log', 'error-log')");
    await connection.run('delete from capture where capture_id > 0');
    for (const table of ['access_log', 'error_log']) await connection.run(`update ${table} set capture_id = 0`);
    const document = await analyse(connection, options);
    assert.equal(document.verdict.rootCause, 'backend-timeout');
    assert.ok(document.unchecked.some((item) => item.id === 'syn-flood' && item.missing.includes('socket')));
    assert.ok(!document.unchecked.some((item) => item.id === 'backend-refused'));
  });

  it('takes a finding and parameters of the user', async (t) => {
    const folder = await tempFolder(t);
    await mkdir(join(folder, 'findings'));
    await writeFile(
      join(folder, 'findings', 'slow-page.sql'),
      [
        '-- id: slow-page',
        '-- title: A slow page',
        '-- question: Is a page slow?',
        '-- why: To try.',
        '-- needs: metric',
        '-- params:',
        '--   limit_s DOUBLE 5 s slowest time that is fine',
        '-- columns:',
        '--   host VARCHAR host',
        '--   onset TIMESTAMP when',
        '--   ended TIMESTAMP until',
        '--   confidence VARCHAR how sure',
        '--   summary VARCHAR what',
        '--   evidence JSON why',
        '--   ruled_out JSON what not',
        '-- severity: warning',
        '-- role: symptom',
        '-- caveats: none known',
        '-- refs: none',
        "select host, min(ts) as onset, max(ts) as ended, 'low' as confidence, 'A page is slow.' as summary, to_json([]) as evidence, to_json([]) as ruled_out",
        "from metric where metric = 'request_p95' and value > $limit_s group by host",
      ].join('\n'),
    );
    const connection = await smallCase(t, 'quiet.sql', HIT);
    const found = async (parameters: Record<string, number | string>): Promise<boolean> =>
      (await analyse(connection, { ...options, queries: [folder], parameters })).findings.some(
        (finding) => finding.id === 'slow-page',
      );
    assert.equal(await found({}), true);
    assert.equal(await found({ 'slow-page.limit_s': '60' }), false);
    await assert.rejects(found({ 'slow-page.limit': 1 }), /did you mean "slow-page\.limit_s"\?/);
    await assert.rejects(found({ 'slow-page.limit_s': 'much' }), /takes a DOUBLE, not "much"/);
  });
});
