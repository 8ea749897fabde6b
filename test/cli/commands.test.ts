import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { tableFromIPC } from 'apache-arrow';
import type { Postmortem } from '../../src/analysis/document.ts';
import { ROOT, tempFolder } from '../support/archives.ts';
import { lastack } from '../support/cli.ts';

const SAMPLE = join(ROOT, 'samples/worker-exhaustion');

test('import, findings, query and report work on one case file', async (t) => {
  const folder = await tempFolder(t);
  const file = join(folder, 'outage.duckdb');
  const imported = await lastack(['import', SAMPLE, '--case', file, '--run', 'before']);
  assert.equal(imported.code, 0, imported.stderr);
  assert.match(
    imported.stderr,
    /outage\.duckdb: \d+ samples, [\d,]+ rows\nread [\d,]+ lines: 100 % understood, none rejected\n/,
  );
  assert.equal(imported.stdout, '');

  const findings = await lastack(['findings', '--case', file, '--format', 'json']);
  const list = JSON.parse(findings.stdout) as { id: string }[];
  assert.ok(
    list.some(({ id }) => id === 'backend-timeout'),
    findings.stdout,
  );
  const table = await lastack(['findings', '--case', file]);
  assert.match(table.stdout, /backend-timeout/);
  assert.match(table.stderr, /^read [\d,]+ lines: 100 % understood, none rejected\n$/);

  const query = async (sql: string, format: string): Promise<string> =>
    (await lastack(['query', '--case', file, '--format', format, sql])).stdout;
  const sql = 'select run, count(*)::integer as captures from capture group by run';
  assert.deepEqual(JSON.parse(await query(sql, 'json')), [{ run: 'before', captures: (await readdir(SAMPLE)).length }]);
  assert.match(await query(sql, 'csv'), /^run,captures\nbefore,\d+\n$/);
  assert.match(await query(sql, 'table'), /^run +captures\n-+ +-+\nbefore +\d+\n$/);
  assert.match(await query('sysctl', 'table'), /net\.core\.somaxconn/);
  assert.match(await query('overload-sequence', 'json'), /LAST_ACK/);

  const html = join(folder, 'postmortem.html');
  const report = await lastack(['report', '--case', file, '-o', html]);
  assert.equal(report.code, 0, report.stderr);
  assert.match(await readFile(html, 'utf8'), /^<!doctype html>/i);
  assert.deepEqual((await readdir(folder)).sort(), ['outage.duckdb', 'postmortem.html']);
});

test('a query that changes something, fails or names nothing is refused', async (t) => {
  const file = join(await tempFolder(t), 'case.duckdb');
  await lastack(['import', join(ROOT, 'samples/quiet'), '--case', file]);
  for (const sql of ['drop table capture', 'select nonsense', 'no-such-id']) {
    const run = await lastack(['query', '--case', file, sql]);
    assert.equal(run.code, 2, `${sql}: ${run.stdout}`);
    assert.equal(run.stdout, '');
    assert.doesNotMatch(run.stderr, /\n\s+at /);
  }
});

test('binary formats go to stdout whole', async (t) => {
  const file = join(await tempFolder(t), 'case.duckdb');
  await lastack(['import', join(ROOT, 'samples/quiet'), '--case', file]);
  const { execFileSync } = await import('node:child_process');
  const run = (format: string): Buffer =>
    execFileSync(
      process.execPath,
      [
        join(ROOT, 'dist/src/cli/main.js'),
        'query',
        '--case',
        file,
        '--format',
        format,
        'select host, ts from capture order by ts',
      ],
      { maxBuffer: 1e8 },
    );
  const arrow = tableFromIPC(run('arrow'));
  assert.deepEqual(
    arrow.schema.fields.map((field) => field.name),
    ['host', 'ts'],
  );
  assert.ok(arrow.numRows > 10);
  assert.equal(run('parquet').subarray(-4).toString(), 'PAR1');
});

test('captures come from stdin too', async () => {
  const folder = join(ROOT, 'samples/quiet');
  const [name] = (await readdir(folder)).sort();
  const run = await lastack(['--quiet', 'report', '-', '--format', 'json', '-o', '-'], {
    stdin: await readFile(join(folder, name!)),
  });
  assert.equal(run.code, 0, run.stderr);
  assert.equal((JSON.parse(run.stdout) as { kind: string }).kind, 'postmortem');
});

test('collect prints the collector, and help shows every command with examples', async () => {
  const collector = await lastack(['collect']);
  assert.equal(collector.stdout, await readFile(join(ROOT, 'src/collector/lastack-collect'), 'utf8'));
  const help = await lastack(['--help']);
  assert.equal(help.code, 0);
  for (const command of ['report', 'import', 'findings', 'query', 'collect']) {
    assert.match(help.stdout, new RegExp(`\\n  ${command} `));
    const own = await lastack([command, '--help']);
    assert.match(own.stdout, /Example/);
  }
});

test('explain says what a name means, however it is written, and what to write instead of a wrong one', async () => {
  const finding = await lastack(['explain', 'overload-sequence']);
  for (const part of [/How it is decided/, /queue_to_close = 120 s/, /Innocent causes/, /References/])
    assert.match(finding.stdout, part);
  const names = {
    ListenOverflows: 'TcpExtListenOverflows',
    tcp_fin_timeout: 'net.ipv4.tcp_fin_timeout',
    'close-wait': 'CLOSE_WAIT',
    'FIN-WAIT-2': 'FIN_WAIT2',
    ESTAB: 'ESTABLISHED',
    listenbacklog: 'ListenBacklog',
  };
  for (const [name, full] of Object.entries(names))
    assert.equal((await lastack(['explain', name])).stdout.split(' ')[0], full);
  const wrong = await lastack(['explain', 'sinflood']);
  assert.equal(wrong.code, 2);
  assert.match(wrong.stderr, /nothing is known of "sinflood"; did you mean syn-flood\?/);
  assert.match((await lastack(['explain'])).stdout, /syn-flood[^]*TIME_WAIT[^]*somaxconn[^]*TcpExtListenDrops/);
});

test('a threshold can be set, is used, and stands in the report', async () => {
  const args = ['report', join(ROOT, 'samples/listen-overflow'), '-o', '-', '--format'];
  const set = ['--set', 'accept-queue-overflow.idle_share=2'];
  const usual = JSON.parse((await lastack([...args, 'json'])).stdout) as Postmortem;
  const other = JSON.parse((await lastack([...args, 'json', ...set])).stdout) as Postmortem;
  assert.equal(usual.verdict.rootCause, 'accept-queue-overflow');
  assert.equal(other.verdict.rootCause, null, 'with no workers idle enough it is a symptom');
  assert.ok(
    other.method.parameters.some(
      ({ name, value, insteadOf }) => name === set[1]!.split('=')[0] && value === 2 && insteadOf === 0.1,
    ),
  );
  assert.match(
    (await lastack([...args, 'md', ...set])).stdout,
    /threshold `accept-queue-overflow\.idle_share` = 2 instead of 0\.1/,
  );
  const wrong = await lastack([...args, 'json', '--set', 'accept-queue-overflow.idle=2']);
  assert.deepEqual([wrong.code, wrong.stdout], [2, '']);
  assert.match(wrong.stderr, /did you mean "accept-queue-overflow.idle_share"\?/);
});
