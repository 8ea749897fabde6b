import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { CliError } from '../../src/base/errors.ts';
import { findCaptures } from '../../src/capture/find.ts';
import { manifestText, ROOT, tempFolder, writeArchive } from '../support/archives.ts';
import { importAgain, importedCase, type TestCase } from '../support/cases.ts';

const SAMPLE = join(ROOT, 'samples/worker-exhaustion');

/** One line a table: how many rows, and a sum over their hashes that no order of rows can change. */
async function fingerprint(found: TestCase): Promise<string> {
  const tables = await found.query(
    "select table_name from duckdb_tables() where table_name <> 'lastack_case' order by table_name",
  );
  const lines: string[] = [];
  for (const { table_name: table } of tables) {
    const [row] = await found.query(
      `select count(*)::varchar as n, coalesce(sum(hash(t)), 0)::varchar as h from "${String(table)}" as t`,
    );
    lines.push(`${String(table)} ${String(row?.['n'])} ${String(row?.['h'])}`);
  }
  return lines.join('\n');
}

test('a real recording is read whole: every line is a row, known, or rejected and kept', async (t) => {
  const found = await importedCase(t, [SAMPLE]);
  const [sum] = await found.query(
    'select sum(lines)::integer as lines, sum(rows)::integer as rows, sum(rejects)::integer as rejects from coverage',
  );
  assert.deepEqual(
    [found.result.lines, found.result.rows, found.result.rejects],
    [sum?.['lines'], sum?.['rows'], sum?.['rejects']],
  );
  assert.equal(found.result.rejects, 0);
  assert.deepEqual(found.result.notes, []);
  const files = (await readdir(SAMPLE)).filter((name) => name.endsWith('.tar.gz'));
  assert.equal(found.result.samples, files.length);
  const bad = await found.query(
    "select source, member, note from coverage where status in ('collected', 'truncated') and rows = 0 and bytes > 0",
  );
  assert.deepEqual(bad, [], 'members with bytes but no row');
});

test('the same captures give the same case, with one reader or two, and once more adds nothing', async (t) => {
  const one = await importedCase(t, [SAMPLE], { threads: 1 });
  const two = await importedCase(t, [SAMPLE], { threads: 2 });
  const expected = await fingerprint(one);
  assert.equal(await fingerprint(two), expected);
  one.file.close();
  const again = await importAgain(t, one.path, await findCaptures([SAMPLE]));
  assert.equal(again.result.samples, 0);
  assert.equal(again.result.known, two.result.samples);
  assert.equal(await fingerprint(again), expected);
});

test('an import that is killed leaves whole captures or none, and run again it finishes the job', async (t) => {
  const path = join(await tempFolder(t), 'case.duckdb');
  const child = spawn(process.execPath, [join(ROOT, 'dist/src/cli/main.js'), 'import', SAMPLE, '--case', path], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  for await (const line of createInterface({ input: child.stderr })) if (line.startsWith('read ')) break;
  child.kill('SIGKILL');
  await once(child, 'exit');
  const whole = await importedCase(t, [SAMPLE]);
  const resumed = await importAgain(t, path, await findCaptures([SAMPLE]));
  assert.equal(resumed.result.samples + resumed.result.known, whole.result.samples);
  const perCapture = 'select sha256, count(*)::integer as n from capture group by sha256 order by sha256';
  assert.deepEqual(await resumed.query(perCapture), await whole.query(perCapture));
  const rows = 'select source, sum(rows)::integer as n from coverage group by source order by source';
  assert.deepEqual(await resumed.query(rows), await whole.query(rows));
});

test('an archive cut in the middle is used up to the cut, and coverage says so', async (t) => {
  const folder = await tempFolder(t);
  const [name] = (await readdir(SAMPLE)).sort();
  const bytes = await readFile(join(SAMPLE, name!));
  await writeFile(join(folder, name!), bytes.subarray(0, Math.floor(bytes.length * 0.6)));
  const found = await importedCase(t, [folder]);
  assert.equal(found.result.samples, 1);
  assert.match(
    found.result.notes.map(({ note }) => note).join(),
    /the archive is cut: it ends in the middle; what came before is used/,
  );
  const lost = await found.query(
    "select source from coverage where note like 'lost: the archive is cut%' and status = 'absent'",
  );
  assert.ok(lost.length > 0, 'members behind the cut are named');
  const cut = await found.query(
    "select source, rejects::integer as rejects from coverage where note like 'cut: %' and status = 'truncated'",
  );
  assert.ok(cut.length <= 1, 'at most one member holds the cut');
  const notes = await found.query('select note from import_note');
  assert.equal(notes.length, 1);
});

test('a member before its manifest, and two samples in one archive, are read all the same', async (t) => {
  const folder = await tempFolder(t);
  const count = (n: number): string =>
    `net.netfilter.nf_conntrack_count = ${n}\nnet.netfilter.nf_conntrack_max = 100\n`;
  const probe = ['conntrack-count conntrack-count.txt collected'];
  await writeArchive(join(folder, 'batch.tar.gz'), [
    { name: 'a/conntrack-count.txt', body: count(1) },
    { name: 'a/manifest.tsv', body: manifestText(probe) },
    { name: 'b/manifest.tsv', body: manifestText(probe, { epoch_ms: '1795387090081' }) },
    { name: 'b/conntrack-count.txt', body: count(2) },
  ]);
  const found = await importedCase(t, [folder]);
  assert.deepEqual(await found.query('select ts, entries::integer as entries, host from conntrack_fill order by ts'), [
    { ts: '2026-11-22 22:38:05.081', entries: 1, host: 'www1' },
    { ts: '2026-11-22 22:38:10.081', entries: 2, host: 'www1' },
  ]);
});

test('members nobody reads, named twice, unnamed in the manifest or missing are all accounted for', async (t) => {
  const folder = await tempFolder(t);
  const body = 'net.netfilter.nf_conntrack_count = 1\nnet.netfilter.nf_conntrack_max = 100\n';
  await writeArchive(join(folder, 'odd.tar.gz'), [
    {
      name: 'a/manifest.tsv',
      body: manifestText([
        'conntrack-count conntrack-count.txt collected',
        'ss-tanoemi ss-tanoemi.txt collected',
        'secret secret.bin collected',
        'ps ps.txt absent no+ps',
      ]),
    },
    { name: 'a/conntrack-count.txt', body },
    { name: 'a/conntrack-count.txt', body },
    { name: 'a/secret.bin', body: 'x' },
    { name: 'a/extra.bin', body: 'x' },
  ]);
  const found = await importedCase(t, [folder]);
  assert.deepEqual(
    await found.query('select source, status, rows::integer as rows, note from coverage order by source'),
    [
      { source: 'conntrack-count', status: 'collected', rows: 1, note: 'a second member of this name was not read' },
      { source: 'extra.bin', status: 'skipped', rows: 0, note: 'kept in the capture, not read by this version' },
      { source: 'process', status: 'absent', rows: 0, note: 'no ps' },
      { source: 'secret', status: 'skipped', rows: 0, note: 'kept in the capture, not read by this version' },
      { source: 'ss', status: 'absent', rows: 0, note: 'named in the manifest, not in the capture' },
    ],
  );
});

test('the log format of the first sample holds for the later ones of the host', async (t) => {
  const found = await importedCase(t, [SAMPLE]);
  const [row] =
    await found.query(`select count(distinct capture_id)::integer as captures, count(*)::integer as requests, count(duration_us)::integer as timed,
    count(client_port)::integer as ports, count(connection_status)::integer as statuses from access_log`);
  assert.ok(Number(row?.['captures']) > 12, 'more samples than hold the settings');
  assert.deepEqual(
    [row?.['timed'], row?.['ports'], row?.['statuses']],
    [row?.['requests'], row?.['requests'], row?.['requests']],
  );
});

test('a kernel message seen in many samples is one row', async (t) => {
  const found = await importedCase(t, [SAMPLE]);
  const [row] = await found.query(
    'select count(*)::integer as rows, count(distinct (host, boot_id, boot_s, message))::integer as messages from kernel_log',
  );
  const [seen] = await found.query("select sum(rows)::integer as rows from coverage where source = 'kernel-log'");
  assert.equal(row?.['rows'], row?.['messages']);
  assert.ok(Number(seen?.['rows']) > Number(row?.['rows']), 'it was seen more than once');
});

test('an unpacked capture gives what its archive gives, without a warning', async (t) => {
  const folder = await tempFolder(t);
  const [name] = (await readdir(SAMPLE)).sort();
  execFileSync('tar', ['-xzf', join(SAMPLE, name!), '-C', folder]);
  const warnings: Error[] = [];
  const onWarning = (warning: Error): void => void warnings.push(warning);
  process.on('warning', onWarning);
  const unpacked = await importedCase(t, [folder]);
  process.off('warning', onWarning);
  const archive = await importedCase(t, [join(SAMPLE, name!)]);
  const rows =
    'select source, member, status, lines::integer as lines, rows::integer as rows from coverage order by all';
  assert.deepEqual(await unpacked.query(rows), await archive.query(rows));
  assert.deepEqual(warnings, []);
});

test('nothing readable is one line and exit code 3', async (t) => {
  const folder = await tempFolder(t);
  await writeArchive(join(folder, 'x.tar.gz'), [{ name: 'hello.txt', body: 'hello' }]);
  await assert.rejects(
    importedCase(t, [folder]),
    (error) =>
      error instanceof CliError &&
      error.exitCode === 3 &&
      error.message.startsWith('x.tar.gz: nothing in it is known; lastack reads its own captures, sosreports'),
  );
});

test('a log in a compression that is not read is named with what to run, and gives no rejects', async (t) => {
  const heads = { bz2: Buffer.from('BZh91AY&SY'), zst: Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x24, 0x08, 0x41, 0x00]) };
  const members = Object.entries(heads).map(([suffix, body]) => ({ name: `logs/access/access.log.2.${suffix}`, body }));
  const path = await writeArchive(join(await tempFolder(t), 'www1.tar.gz'), [
    { name: 's/manifest.tsv', body: manifestText(members.map(({ name }) => `log ${name} collected`)) },
    ...members.map(({ name, body }) => ({ name: `s/${name}`, body })),
  ]);
  const found = await importedCase(t, [path]);
  assert.equal(found.result.rejects, 0);
  const notes = found.result.notes.map(({ note }) => note).join('; ');
  assert.match(notes, /access\.log\.2\.bz2": it is bzip2-compressed; run bzip2 -d first/);
  assert.match(notes, /access\.log\.2\.zst": it is zstd-compressed; run zstd -d first/);
});
