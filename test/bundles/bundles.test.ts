import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cp, mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { findCaptures } from '../../src/capture/find.ts';
import { ROOT, tempFolder } from '../support/archives.ts';
import { importAgain, importedCase, type TestCase } from '../support/cases.ts';
import { lastack } from '../support/cli.ts';

const FIXTURES = join(ROOT, 'test/bundles/fixtures');
const SOSREPORT = join(FIXTURES, 'sosreport-www1-2026-11-24-vldlbsd.tar.xz');
const PASTE = join(FIXTURES, 'paste.txt');
const CAPTURES = 'select host, ts, ts_from, collector from capture order by ts';
const COVERAGE = `select source, regexp_replace(member, '^sosreport[^/]*/', '') as member, status, rows > 0 as filled
  from coverage where status <> 'skipped' and source in ('access-log', 'error-log', 'netstat-s', 'proc-net-counters', 'softnet', 'sysctl', 'ss') order by all`;

/** Every line of every file is in exactly one coverage row, and is a row, known or rejected there. */
async function assertWhole(found: TestCase, files: Readonly<Record<string, number>>): Promise<void> {
  const rows = await found.query(
    'select member, sum(lines)::integer as lines from coverage group by member order by member',
  );
  for (const { member, lines } of rows) assert.equal(lines, files[String(member)], String(member));
  const [sum] = await found.query('select sum(lines)::integer as lines from coverage');
  assert.equal(sum?.['lines'], found.result.lines);
}

test('a sosreport is one sample at the time of its date file', async (t) => {
  const found = await importedCase(t, [SOSREPORT]);
  assert.deepEqual(await found.query(CAPTURES), [
    { host: 'www1', ts: '2026-11-24 14:42:36', ts_from: 'content', collector: 'sosreport 4.0' },
  ]);
  const [clocks] = await found.query('select kernel, cpus, uptime_s, zone_name from capture');
  assert.deepEqual(clocks, { kernel: '6.18.44', cpus: 2, uptime_s: 1538, zone_name: 'UTC' });
  assert.deepEqual(await found.query(COVERAGE), [
    { source: 'access-log', member: 'var/log/httpd/access_log', status: 'collected', filled: true },
    { source: 'access-log', member: 'var/log/httpd/access_log-20261122.gz', status: 'collected', filled: true },
    { source: 'error-log', member: 'var/log/httpd/error_log', status: 'collected', filled: true },
    { source: 'proc-net-counters', member: 'proc/5535/net/netstat', status: 'collected', filled: true },
    { source: 'proc-net-counters', member: 'proc/5535/net/snmp', status: 'collected', filled: true },
    { source: 'softnet', member: 'proc/5535/net/softnet_stat', status: 'collected', filled: true },
    { source: 'sysctl', member: 'sos_commands/kernel/sysctl_-a', status: 'collected', filled: true },
  ]);
  const notes = found.result.notes.map(({ note }) => note).join('\n');
  assert.match(
    notes,
    /time of 1 sample as the files themselves say[\s\S]*\d+ files of the sosreport are not read[\s\S]*\d+ links/,
  );
});

test('an unpacked sosreport gives what its archive gives', { skip: !hasXz() }, async (t) => {
  const folder = await tempFolder(t);
  execFileSync('tar', ['-xJf', SOSREPORT, '-C', folder]);
  const unpacked = await importedCase(t, [folder]);
  const archive = await importedCase(t, [SOSREPORT]);
  assert.deepEqual(await unpacked.query(CAPTURES), await archive.query(CAPTURES));
  assert.deepEqual(await unpacked.query(COVERAGE), await archive.query(COVERAGE));
});

test('the same bundle twice is imported once, and gives the same report', async (t) => {
  const first = await importedCase(t, [SOSREPORT]);
  first.file.close();
  const again = await importAgain(t, first.path, await findCaptures([SOSREPORT]));
  assert.deepEqual([again.result.samples, again.result.known], [0, 1]);
  const reports = await Promise.all(
    [0, 1].map(() => lastack(['--quiet', 'report', SOSREPORT, '--format', 'json', '-o', '-'])),
  );
  assert.equal(reports[0]!.code, 0, reports[0]!.stderr);
  assert.equal(reports[0]!.stdout, reports[1]!.stdout);
});

test('a report on a sosreport says what one sample cannot show', async () => {
  const { code, stdout } = await lastack(['--quiet', 'report', SOSREPORT, '--format', 'md', '-o', '-']);
  assert.equal(code, 0);
  assert.match(stdout, /is a single sample: no rates, no onsets/);
  assert.match(stdout, /1 capture of www1/);
});

test('a collection of pt-stalk has a sample for each TS line', async (t) => {
  const found = await importedCase(t, [join(FIXTURES, 'pt-stalk')]);
  assert.deepEqual(await found.query(CAPTURES), PT_STALK_CAPTURES);
  assert.deepEqual(
    await found.query(`select s.source, count(distinct c.ts)::integer as samples, count(*)::integer as members
      from coverage s join capture c using (capture_id) where s.source in ('memory', 'netstat-s', 'sysctl') group by all order by all`),
    [
      { source: 'memory', samples: 5, members: 5 },
      { source: 'netstat-s', samples: 5, members: 5 },
      { source: 'sysctl', samples: 1, members: 1 },
    ],
  );
  const [clock] = await found.query('select uptime_s from capture order by ts limit 1');
  assert.equal(clock?.['uptime_s'], 1894.01);
  const [reject] = await found.query('select count(*)::integer as n from reject');
  assert.equal(reject?.['n'], 0);
});

test('a tarball of pt-stalk is read as its folder is', { skip: !hasXz() }, async (t) => {
  const folder = await tempFolder(t);
  execFileSync('tar', ['-cJf', join(folder, 'stalk.tar.xz'), '-C', FIXTURES, 'pt-stalk']);
  const found = await importedCase(t, [join(folder, 'stalk.tar.xz')]);
  assert.deepEqual(await found.query(CAPTURES), PT_STALK_CAPTURES);
});

test('a repeated paste has a sample for each date line, and every line is accounted for', async (t) => {
  const found = await importedCase(t, [PASTE]);
  assert.deepEqual(
    await found.query(CAPTURES),
    ['41', '43', '45', '47'].map((second) => ({
      host: 'unknown',
      ts: `2026-11-24 14:48:${second}`,
      ts_from: 'content',
      collector: 'loose files',
    })),
  );
  assert.deepEqual(
    await found.query(
      'select source, count(*)::integer as n, sum(rows)::integer as rows from coverage group by 1 order by 1',
    ),
    [
      { source: 'between-outputs', n: 4, rows: 0 },
      { source: 'netstat-s', n: 4, rows: 148 },
      { source: 'ss', n: 4, rows: 52 },
    ],
  );
  await assertWhole(found, { 'paste.txt': 248 });
});

test('a session with prompts: host, zone, unread commands, repeated outputs, lines of the file', async (t) => {
  const folder = await tempFolder(t);
  const { ss, netstat } = await pasted();
  const text = [
    'Last login: Sun Nov 22 from 10.0.0.1',
    '[root@www1 ~]# date',
    'Sun Nov 22 16:10:01 CET 2026',
    '[root@www1 ~]# lsblk',
    'NAME MAJ:MIN RM SIZE RO TYPE MOUNTPOINTS',
    'vda  254:0    0  40G  0 disk /',
    '[root@www1 ~]# ss -tan',
    ...ss,
    'no socket at all',
    '[root@www1 ~]# netstat -s',
    ...netstat,
    '[root@www1 ~]# ss -tan',
    ...ss,
    '+ date',
    'Sun Nov 22 16:10:31 CET 2026',
    '=== ss -tan ===',
    ...ss,
    '',
  ].join('\n');
  await writeFile(join(folder, 'session.txt'), text);
  const found = await importedCase(t, [join(folder, 'session.txt')]);
  assert.deepEqual(await found.query('select host, ts, zone_offset_min from capture order by ts'), [
    { host: 'www1', ts: '2026-11-22 15:10:01', zone_offset_min: 60 },
    { host: 'www1', ts: '2026-11-22 15:10:31', zone_offset_min: 60 },
  ]);
  assert.deepEqual(
    await found.query(
      "select source, status, lines::integer as lines, note from coverage where source not in ('between-outputs') order by capture_id, source, status",
    ),
    [
      { source: 'lsblk', status: 'skipped', lines: 2, note: 'output of a command that is not read' },
      { source: 'netstat-s', status: 'collected', lines: netstat.length, note: 'loose files; time from content' },
      { source: 'ss', status: 'collected', lines: ss.length + 1, note: 'loose files; time from content' },
      {
        source: 'ss',
        status: 'skipped',
        lines: ss.length,
        note: 'a second output of the same kind without a time between them: only the first is read',
      },
      { source: 'ss', status: 'collected', lines: ss.length, note: 'loose files; time from content' },
    ],
  );
  const rejects = await found.query('select line_no::integer as line, reason from reject order by line_no');
  assert.equal(rejects.length, 2);
  assert.deepEqual(rejects[0], { line: 1, reason: 'before any recognised output' });
  assert.equal(rejects[1]!['line'], 8 + ss.length, 'the line of the file, not of the output');
  await assertWhole(found, { 'session.txt': text.split('\n').length - 1 });
});

test('loose files: times from names, else from when they were changed, and the report is told which', async (t) => {
  const folder = await tempFolder(t);
  const { ss, netstat } = await pasted();
  const changed = new Date('2026-11-22T17:00:00Z');
  for (const name of ['ss-1610.txt', 'ss-1620.txt', 'netstat-s-1610.txt', 'netstat-s-1620.txt']) {
    await writeFile(join(folder, name), (name.startsWith('ss') ? ss : netstat).join('\n'));
    await utimes(join(folder, name), changed, changed);
  }
  const named = await importedCase(t, [folder]);
  assert.deepEqual(await named.query(CAPTURES), [
    { host: 'unknown', ts: '2026-11-22 16:10:00', ts_from: 'name', collector: 'loose files' },
    { host: 'unknown', ts: '2026-11-22 16:20:00', ts_from: 'name', collector: 'loose files' },
  ]);
  const plain = await tempFolder(t);
  await writeFile(join(plain, 'sockets.out'), ss.join('\n'));
  await writeFile(join(plain, 'counters.out'), netstat.join('\n'));
  await writeFile(join(plain, 'hostname.txt'), 'www7\n');
  await writeFile(join(plain, 'remarks.txt'), 'it was slow\n');
  for (const name of await readdir(plain)) await utimes(join(plain, name), changed, changed);
  const unnamed = await importedCase(t, [plain]);
  assert.deepEqual(await unnamed.query(CAPTURES), [
    { host: 'www7', ts: '2026-11-22 17:00:00', ts_from: 'mtime', collector: 'loose files' },
  ]);
  assert.deepEqual(
    unnamed.result.notes.map(({ note }) => note),
    [
      'loose files: time of 1 sample from when files were last changed, which copying may have altered',
      'remarks.txt: no output or log that is known',
    ],
  );
  const noted = await unnamed.query('select note from import_note order by note');
  assert.match(String(noted[0]?.['note']), /from when files were last changed/);
});

test('plain Apache logs: one sample at the last line, rotated and compressed ones with it', async (t) => {
  const files = ['access.log', 'access.log.1.gz', 'error.log'].map((name) => join(FIXTURES, 'apache', name));
  const found = await importedCase(t, files);
  assert.deepEqual(await found.query('select ts, ts_from from capture'), [
    { ts: '2026-11-22 23:21:28', ts_from: 'content' },
  ]);
  assert.deepEqual(await found.query('select source, member, rows::integer as rows from coverage order by member'), [
    { source: 'access-log', member: 'access.log', rows: 60 },
    { source: 'access-log', member: 'access.log.1.gz', rows: 30 },
    { source: 'error-log', member: 'error.log', rows: 30 },
  ]);
  const { code, stdout } = await lastack(['--quiet', 'report', ...files, '--format', 'md', '-o', '-']);
  assert.equal(code, 0);
  assert.match(stdout, /is a single sample/);
});

test('our own captures and loose logs in one folder are captures of their own', async (t) => {
  const folder = await tempFolder(t);
  const sample = join(ROOT, 'samples/quiet');
  const [name] = (await readdir(sample)).filter((file) => file.endsWith('.tar.gz')).sort();
  await cp(join(sample, name!), join(folder, name!));
  await mkdir(join(folder, 'logs'));
  await cp(join(FIXTURES, 'apache/error.log'), join(folder, 'logs/error.log'));
  const found = await importedCase(t, [folder]);
  assert.deepEqual(await found.query('select ts_from from capture order by ts_from'), [
    { ts_from: 'content' },
    { ts_from: 'manifest' },
  ]);
});

const PT_STALK_CAPTURES = ['32.005401', '33.005067', '34.007886', '35.009183', '36.005497'].map((second) => ({
  host: 'www1',
  ts: `2026-11-24 14:48:${second}`,
  ts_from: 'content',
  collector: 'pt-stalk',
}));

/** The lines of the first ss and the first netstat -s of the paste. */
async function pasted(): Promise<{ ss: readonly string[]; netstat: readonly string[] }> {
  const lines = (await readFile(PASTE, 'utf8')).split('\n');
  return { ss: lines.slice(1, 15), netstat: lines.slice(15, 62) };
}

function hasXz(): boolean {
  try {
    execFileSync('xz', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
