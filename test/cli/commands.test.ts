import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { tableFromIPC } from 'apache-arrow';
import { ROOT, tempFolder } from '../support/archives.ts';
import { lastack } from '../support/cli.ts';

const SAMPLE = join(ROOT, 'samples/worker-exhaustion');

test('import, findings, query and report work on one case file', async (t) => {
  const folder = await tempFolder(t);
  const file = join(folder, 'outage.duckdb');
  const imported = await lastack(['import', SAMPLE, '--case', file, '--run', 'before']);
  assert.equal(imported.code, 0, imported.stderr);
  assert.match(imported.stderr, /outage\.duckdb: \d+ samples, \d+ rows from \d+ lines, 0 lines not read/);
  assert.equal(imported.stdout, '');

  const findings = await lastack(['findings', '--case', file, '--format', 'json']);
  const list = JSON.parse(findings.stdout) as { id: string }[];
  assert.ok(
    list.some(({ id }) => id === 'backend-timeout'),
    findings.stdout,
  );
  const table = await lastack(['findings', '--case', file]);
  assert.match(table.stdout, /backend-timeout/);

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
