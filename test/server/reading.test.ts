import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Ajv } from 'ajv';
import { type Running, startServer } from '../../src/server/server.ts';
import { HOSTILE } from '../report/hostile.ts';
import { lastack } from '../support/cli.ts';
import { assertMatchesSchema, schemaValidator } from '../support/json-schema.ts';
import { filesForm, makeCase, postForm, sampleFiles, settingsOf, untilRead } from './test-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'lastack-reading-'));
let server: Running;
let url: string;
let api: string;

before(async () => {
  server = await startServer(settingsOf(join(folder, 'data'), { limits: { queryS: 2, queryRows: 50 } }));
  url = await makeCase(server, 'Reading');
  api = `${server.url}/api/v1/cases/reading`;
  await fetch(`${url}/captures`, {
    method: 'POST',
    body: filesForm(await sampleFiles('worker-exhaustion', 12), 'before'),
  });
  await untilRead(url);
});

after(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

function query(sql: string, format = 'json'): Promise<Response> {
  return fetch(`${url}/query.${format}?${new URLSearchParams({ sql })}`);
}

describe('the postmortem', () => {
  it('is served in a sandbox under the policy it carries, and as files', async () => {
    const html = await fetch(`${url}/postmortem.html?run=before&host=www1`);
    const text = await html.text();
    assert.equal(html.status, 200, text);
    const policy = html.headers.get('content-security-policy')!;
    assert.match(policy, /^sandbox allow-scripts; frame-ancestors 'self'; default-src 'none'; style-src 'sha256-/);
    assert.doesNotMatch(policy, /unsafe|allow-same-origin/);
    const saved = await fetch(`${url}/postmortem.md?download=1`);
    assert.equal(saved.headers.get('content-disposition'), 'attachment; filename="reading-postmortem.md"');
    assert.match(await saved.text(), /^# /);
    assertMatchesSchema(schemaValidator('postmortem'), await (await fetch(`${url}/postmortem.json`)).text());
  });

  it('is what the command line says of the same case', async () => {
    const served = await (await fetch(`${url}/postmortem.json`)).json();
    const path = join(folder, 'data/cases/reading/case.duckdb');
    const { stdout } = await lastack(['report', '--case', path, '--format', 'json', '-o', '-', '--quiet']);
    const said = JSON.parse(stdout);
    assert.deepEqual({ ...served, method: null }, { ...said, method: null });
  });

  it('of a part that is not there, or at a time that is none, is refused in one line', async () => {
    assert.match(
      await (await fetch(`${url}/postmortem.md?run=none`)).text(),
      /^the case holds no sample for run none[^\n]*\n$/,
    );
    const wrong = await fetch(`${url}/postmortem.md?since=yesterday`);
    assert.equal(wrong.status, 400);
    assert.match(await wrong.text(), /^"since" is no time; write 2026-/);
  });

  it('of the whole case comes as Parquet files in a tar archive', async () => {
    const tar = join(folder, 'case.tar');
    writeFileSync(tar, Buffer.from(await (await fetch(`${url}/export.tar`)).arrayBuffer()));
    execFileSync('tar', ['-xf', tar, '-C', folder]);
    const path = join(folder, 'data/cases/reading/case.duckdb');
    const sql = `select count(*) as n from read_parquet('${folder}/reading-parquet/socket/*/*/*.parquet') union all select count(*) from socket`;
    const { stdout } = await lastack(['query', '--case', path, '--format', 'csv', sql]);
    const [, exported, stored] = stdout.trim().split('\n');
    assert.equal(exported, stored);
    assert.ok(Number(stored) > 0);
  });
});

describe('the query box', () => {
  it('gives rows, as a page with a chart, CSV and JSON', async () => {
    const sql = 'select state, count(*) as sockets from socket group by all order by sockets desc, state';
    const rows = (await (await query(sql)).json()) as { state: string; sockets: number }[];
    assert.ok(rows.length > 2 && rows[0]!.sockets > 0);
    assert.match(await (await query(sql, 'csv')).text(), /^state,sockets\r\nTIME_WAIT,\d+\r\n/);
    const page = await (await fetch(`${url}/query?${new URLSearchParams({ sql })}`)).text();
    assert.match(page, /<figure class="chart"><div><svg viewBox/);
    assert.doesNotMatch(page, / style=|<style/);
  });

  it('has the SQL library at hand', async () => {
    const [row] = (await (await query('select count(distinct metric) as n from metric')).json()) as { n: number }[];
    assert.ok(row!.n > 10);
  });

  it('cuts long results and says so', async () => {
    const page = await (
      await fetch(`${url}/query?${new URLSearchParams({ sql: 'select * from range(100000)' })}`)
    ).text();
    assert.match(page, /The first 50 rows/);
  });

  it('refuses what it must in one line', async () => {
    for (const sql of [
      "select * from read_csv('/etc/passwd')",
      'create temp table x as select 1',
      'select 1; select 2',
      '',
    ]) {
      const answer = await query(sql);
      assert.equal(answer.status, 400);
      assert.match(await answer.text(), /^[^\n]{5,}\n$/);
    }
  });

  it('ends a query that takes too long or too much memory, and goes on', async () => {
    const slow = await query('select count(*) from range(100000000000) as a(i) where hash(i) = 1');
    assert.match(await slow.text(), /^the query took longer than 2 s/);
    const large = await query("select list(repeat('x', 1000000) || i) from range(1000000) as a(i)");
    assert.match(await large.text(), /^the query (needs more memory than it may have|took longer)/);
    assert.equal((await query('select 1')).status, 200);
  });

  it('keeps spreadsheets from taking a value for a formula', async () => {
    assert.equal(await (await query("select '=1+1' as a, -1 as b", 'csv')).text(), "a,b\r\n'=1+1,-1\r\n");
  });
});

describe('notes', () => {
  it('are kept in the case, shown escaped, part of later reports, and can be removed', async () => {
    const text = 'restarted <b>by hand</b>';
    const note = { text, author: 'ann', at: '2026-11-22T23:19:30', finding: 'backend-timeout' };
    assert.equal((await postForm(`${url}/notes`, note)).status, 303);
    assert.match(await (await fetch(url)).text(), /restarted &lt;b>by hand/);
    const { notes } = (await (await fetch(`${url}/postmortem.json`)).json()) as { notes: { text: string }[] };
    assert.deepEqual(
      notes.map((one) => one.text),
      [text],
    );
    assert.match(await (await fetch(`${url}/postmortem.md`)).text(), /## Notes\n\n- restarted/);
    assert.match(await (await fetch(`${url}/postmortem.html`)).text(), /<section id="notes"/);
    assert.equal((await postForm(`${url}/notes/1/delete`)).status, 303);
    assert.doesNotMatch(await (await fetch(`${url}/postmortem.md`)).text(), /## Notes/);
  });

  it('whatever anybody writes, no page runs it', async () => {
    const made = await makeCase(server, HOSTILE[0]!);
    const texts = HOSTILE.map((hostile) => hostile.slice(0, 90));
    await postForm(`${url}/notes`, { text: texts.join('\n'), author: texts[0]! });
    const check = async (path: string): Promise<void> => {
      const page = await (await fetch(path, { headers: { accept: 'text/html' } })).text();
      assert.doesNotMatch(page, /<script>|<img|<svg onload|<style>|<!--|[\u202e\u2066]/, path);
    };
    await check(url);
    await check(`${url}/query?${new URLSearchParams({ sql: texts.join(' ') })}`);
    for (const text of texts) {
      await postForm(`${made}/rename`, { name: text });
      for (const path of [server.url, made, `${made}/postmortem`]) await check(path);
    }
  });

  it('with a text, a time and a finding that can be understood', async () => {
    for (const wrong of [
      { text: ' ' },
      { text: 'x', at: 'soon' },
      { text: 'x', finding: '../x' },
      { text: 'x'.repeat(5000) },
    ])
      assert.equal((await postForm(`${url}/notes`, wrong)).status, 400, JSON.stringify(wrong).slice(0, 60));
  });
});

interface Operation {
  readonly responses: Readonly<
    Record<string, { readonly content?: { readonly 'application/json': { readonly schema: object } } }>
  >;
}

describe('the API', () => {
  it('answers as its OpenAPI document says, every operation of it', async () => {
    const document = (await (await fetch(`${server.url}/openapi.json`)).json()) as {
      paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
    };
    const ajv = new Ajv({ strict: false, validateFormats: false });
    const called = new Set<string>();
    const call = async (
      method: string,
      path: string,
      template: string,
      body?: object | Uint8Array,
    ): Promise<unknown> => {
      const isJson = body !== undefined && !(body instanceof Uint8Array);
      const answer = await fetch(`${server.url}${path}`, {
        method,
        ...(body === undefined ? {} : { body: isJson ? JSON.stringify(body) : Buffer.from(body) }),
        ...(isJson ? { headers: { 'content-type': 'application/json' } } : {}),
      });
      const operation = document.paths[template]?.[method.toLowerCase()];
      assert.ok(operation, `${method} ${template} is not described`);
      called.add(`${method} ${template}`);
      const response = operation.responses[answer.status] ?? operation.responses[`${String(answer.status)[0]}XX`];
      assert.ok(response, `${method} ${template}: ${answer.status} is not described`);
      if (answer.status === 204) return null;
      const value: unknown = await answer.json();
      const validate = ajv.compile(response.content!['application/json'].schema);
      assert.ok(
        validate(value),
        `${method} ${template} ${answer.status}: ${ajv.errorsText(validate.errors)} ${JSON.stringify(value).slice(0, 300)}`,
      );
      return value;
    };
    const cases = '/api/v1/cases';
    const one = `${cases}/{slug}`;
    const made = (await call('POST', cases, cases, { name: 'By API' })) as { slug: string };
    const path = `${cases}/${made.slug}`;
    await call('POST', cases, cases, { name: '' });
    await call('GET', cases, cases);
    await call('GET', `${cases}?deleted=true`, cases);
    await call('GET', path, one);
    await call('GET', `${cases}/none`, one);
    await call('PATCH', path, one, { name: 'Renamed' });
    await call('DELETE', path, one);
    await call('POST', `${path}/restore`, `${one}/restore`);
    const [capture] = (await call('GET', `${cases}/reading/captures`, `${one}/captures`)) as { id: string }[];
    await call('GET', `${cases}/reading/captures/${capture!.id}`, `${one}/captures/{id}`);
    await call('GET', `${cases}/reading/captures/none`, `${one}/captures/{id}`);
    await call('POST', `${path}/captures?name=x.log&run=a`, `${one}/captures`, Buffer.from('not a log\n'));
    await call('POST', `${path}/captures`, `${one}/captures`, Buffer.from('not a log\n'));
    await untilRead(`${server.url}/cases/${made.slug}`);
    await call('GET', `${cases}/reading/postmortem?run=before`, `${one}/postmortem`);
    await call('GET', `${cases}/reading/postmortem?since=x`, `${one}/postmortem`);
    await call('GET', `${cases}/reading/comparison?before=before&after=none`, `${one}/comparison`);
    await call('GET', `${cases}/reading/comparison?before=before&after=before&align=x`, `${one}/comparison`);
    await call('POST', `${cases}/reading/query`, `${one}/query`, { sql: 'select 1 as a' });
    await call('POST', `${cases}/reading/query`, `${one}/query`, { sql: 'x' });
    const note = (await call('POST', `${cases}/reading/notes`, `${one}/notes`, { text: 'x', at: null })) as {
      id: number;
    };
    await call('GET', `${cases}/reading/notes`, `${one}/notes`);
    await call('DELETE', `${cases}/reading/notes/${note.id}`, `${one}/notes/{id}`);
    const described = Object.entries(document.paths).flatMap(([template, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${template}`),
    );
    assert.deepEqual([...called].toSorted(), described.toSorted());
  });

  it('tells its version and that it is well', async () => {
    assert.deepEqual(await (await fetch(`${server.url}/healthz`)).json(), { status: 'ok' });
    assert.deepEqual(await (await fetch(`${server.url}/version`)).json(), { lastack: '0.0.0-test' });
    assert.equal((await fetch(`${api}/nothing`)).status, 404);
  });
});

it('lastack export and lastack note work on a case', async () => {
  await fetch(`${server.url}/healthz`);
  const path = join(folder, 'data/cases/reading/case.duckdb');
  const noted = await lastack([
    'note',
    '--case',
    path,
    '--author',
    'ann',
    '--at',
    '2026-11-22T23:19:30',
    'from the shell',
  ]);
  assert.equal(noted.code, 0, noted.stderr);
  const to = join(folder, 'arrow');
  const exported = await lastack(['export', '--case', path, '--to', to, '--format', 'arrow']);
  assert.equal(exported.code, 0, exported.stderr);
  const { tableFromIPC } = await import('apache-arrow');
  const notes = tableFromIPC(readFileSync(join(to, 'note.arrow')));
  const texts = notes.toArray().map((note: Readonly<Record<string, unknown>>) => note['text']);
  assert.ok(texts.includes('from the shell'));
  const logs = tableFromIPC(readFileSync(join(to, 'access_log.arrow')));
  const first = await lastack([
    'query',
    '--case',
    path,
    '--format',
    'csv',
    'select epoch_us(ts) as us from access_log limit 1',
  ]);
  assert.equal(String(logs.getChild('ts')!.data[0]!.values[0]), first.stdout.trim().split('\n')[1]);
  const again = await lastack(['export', '--case', path, '--to', to]);
  assert.equal(again.code, 2);
  assert.match(again.stderr, /is not empty; name a folder that does not exist yet/);
});
