import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { findCaptures } from '../../src/capture/find.ts';
import { manifestText, tempFolder, writeArchive } from '../support/archives.ts';
import { importAgain, importedCase, type TestCase } from '../support/cases.ts';
import { projectRoot } from '../support/project.ts';

/** One boot as dmesg and `journalctl -k` printed it, recorded together. */
const recorded = (path: string): string => readFileSync(join(projectRoot, 'test/sources', path), 'utf8');
const DMESG = recorded('kernel-log/raw/input/dmesg.txt');
const JOURNAL = recorded('system-log/journalctl-k/input/journalctl-k.txt');
const TS_MS = Date.UTC(2026, 10, 22, 21);
const UPTIME_S = 3341.5;

async function capture(t: TestContext, dmesg: string, journal: string): Promise<string> {
  const head = { epoch_ms: String(TS_MS), uptime_s: String(UPTIME_S), boot_id: 'ac2c0092-7f0e-47e1-a941-3d4577237f4f' };
  return writeArchive(join(await tempFolder(t), 'www1.tar.gz'), [
    {
      name: 's/manifest.tsv',
      body: manifestText(['dmesg dmesg.txt collected', 'journal journalctl-k.txt collected'], head),
    },
    { name: 's/dmesg.txt', body: dmesg },
    { name: 's/journalctl-k.txt', body: journal },
  ]);
}

async function counts(found: TestCase): Promise<Record<string, number>> {
  const rows = await found.query('select message, count(*)::integer as n from kernel_log group by message');
  return Object.fromEntries(rows.map((row) => [String(row['message']), Number(row['n'])]));
}

async function countsOf(t: TestContext, dmesg: string, journal: string): Promise<Record<string, number>> {
  return counts(await importedCase(t, [await capture(t, dmesg, journal)]));
}

/** A line of dmesg, and of the journal, `second` seconds after the host started. */
const stamped = (second: number, text: string): string => `[${second.toFixed(6).padStart(12)}] ${text}\n`;
function logged(second: number, text: string, host = 'www1'): string {
  const at = new Date(TS_MS - (UPTIME_S - second) * 1000);
  return `Nov 22 ${at.toISOString().slice(11, 19)} ${host} kernel: ${text}\n`;
}

test('what dmesg and the journal both recorded is there once, with the kernel’s own stamp', async (t) => {
  const path = await capture(t, DMESG, JOURNAL);
  const found = await importedCase(t, [path]);
  const alone = await countsOf(t, DMESG, '');
  const journal = await countsOf(t, '', JOURNAL);
  const shared = Object.keys(journal).filter((message) => message in alone);
  assert.ok(shared.length > 1, 'the two recordings share messages');
  assert.deepEqual(await counts(found), { ...journal, ...alone });
  const bare = await found.query("select message from kernel_log where starts_with(moment, '@')");
  for (const { message } of bare) assert.ok(!shared.includes(String(message)), `${String(message)} is told twice`);
  const once = await counts(found);
  found.file.close();
  assert.deepEqual(await counts(await importAgain(t, found.path, await findCaptures([path]))), once);
});

test('equal messages stay two where they are farther apart, or the line names another host', async (t) => {
  const flood = 'TCP: request_sock_TCP: Possible SYN flooding on port 80. Sending cookies.';
  assert.deepEqual(await countsOf(t, stamped(100, flood), logged(100, flood) + logged(104, flood)), { [flood]: 2 });
  const others = logged(100, flood) + logged(100, flood, 'www2') + logged(200, 'v1: link becomes ready');
  assert.equal((await countsOf(t, stamped(100, flood), others))[flood], 2);
});

test('messages that differ in one character of their text stay two', async (t) => {
  const [one, two] = ['eth0: NIC Link is Down', 'eth1: NIC Link is Down'];
  assert.deepEqual(await countsOf(t, stamped(100, one), logged(100, two)), { [one]: 1, [two]: 1 });
});

test('a burst that dmesg holds is as large as dmesg says', async (t) => {
  const full = 'nf_conntrack: nf_conntrack: table full, dropping packet';
  const seconds = Array.from({ length: 40 }, (_, i) => 500 + i * 0.05);
  const dmesg = seconds.map((second) => stamped(second, full)).join('');
  const journal = seconds.map((second) => logged(second, full)).join('');
  assert.deepEqual(await countsOf(t, dmesg, journal), { [full]: 40 });
});

test('a kernel clock that has drifted is told from what both logs hold once', async (t) => {
  const texts = ['eth0: link becomes ready', 'v1: entered promiscuous mode', 'v1: left promiscuous mode'];
  const pair = (drift: number, of: readonly string[]): readonly [string, string] => [
    of.map((text, i) => stamped(1000 + i * 100, text)).join(''),
    of.map((text, i) => logged(1000 + i * 100 + drift, text)).join(''),
  ];
  assert.equal(sum(await countsOf(t, ...pair(40, texts))), 3);
  assert.equal(sum(await countsOf(t, ...pair(40, texts.slice(1)))), 4, 'two are too few to tell');
  assert.equal(sum(await countsOf(t, ...pair(0, texts.slice(1)))), 2);
});

/** A log of syslog beside the journal, in the same sample: `[second, text]`, whole seconds after the host started. */
type Logged = readonly (readonly [number, string])[];
async function countsOfLogs(t: TestContext, syslog: Logged, journal: Logged): Promise<Record<string, number>> {
  const text = (lines: Logged): string => lines.map(([second, message]) => logged(second, message)).join('');
  const path = await writeArchive(join(await tempFolder(t), 'www1.tar.gz'), [
    {
      name: 's/manifest.tsv',
      body: manifestText(['messages messages collected', 'journal journalctl-k.txt collected'], {
        epoch_ms: String(TS_MS),
        uptime_s: String(UPTIME_S),
      }),
    },
    { name: 's/messages', body: text(syslog) },
    { name: 's/journalctl-k.txt', body: text(journal) },
  ]);
  const found = await importedCase(t, [path]);
  const once = await counts(found);
  found.file.close();
  assert.deepEqual(await counts(await importAgain(t, found.path, await findCaptures([path]))), once);
  return once;
}

const OOM = 'Out of memory: Killed process 4711 (httpd)';
const BEGIN: Logged = [[90, 'eth0: NIC Link is Up']];
const END: Logged = [[200, 'eth0: NIC Link is Down']];
const between = (...seconds: number[]): Logged => [
  ...BEGIN,
  ...seconds.map((second): readonly [number, string] => [second, OOM]),
  ...END,
];

test('a message that two logs without fractions put on either side of a second is there once', async (t) => {
  const one = async (syslog: Logged, journal: Logged): Promise<number | undefined> =>
    (await countsOfLogs(t, syslog, journal))[OOM];
  assert.equal(await one(between(100), between(101)), 1);
  assert.equal(await one(between(101), between(100)), 1);
  assert.equal(await one(between(100, 100), between(100, 101)), 2, 'a burst that is cut by the second');
  assert.equal(await one(between(100, 120), between(101, 119)), 2);
});

test('messages of two logs stay two where one log holds both, they are farther apart, or a log had ended', async (t) => {
  const one = async (syslog: Logged, journal: Logged): Promise<number | undefined> =>
    (await countsOfLogs(t, syslog, journal))[OOM];
  assert.equal(await one(between(100, 101), between(100, 101)), 2);
  assert.equal(await one(between(100, 101), between(101)), 2);
  assert.equal(await one(between(100), between(102)), 2);
  assert.equal(await one([...BEGIN, [100, OOM]], between(101)), 2, 'the first log ends with its line');
  assert.equal(await one(between(100), [[101, OOM], ...END]), 2, 'the second log begins with its line');
});

function sum(of: Record<string, number>): number {
  return Object.values(of).reduce((total, n) => total + n, 0);
}
