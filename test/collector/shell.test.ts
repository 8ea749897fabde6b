import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { COLLECTOR, collect, has, NO_LOGS, samples, scratch } from './collector.ts';

const SHELLS: readonly (readonly string[])[] = [['dash'], ['bash'], ['busybox', 'sh'], ['ksh']];

test('shellcheck has nothing to say', (t) => {
  if (!has(t, 'shellcheck')) return;
  const done = spawnSync('shellcheck', ['--shell', 'sh', COLLECTOR], { encoding: 'utf8' });
  assert.equal(done.stdout, '');
  assert.equal(done.status, 0);
});

for (const shell of SHELLS) {
  test(`${shell.join(' ')} can read it`, (t) => {
    if (!has(t, shell[0]!)) return;
    const [command, ...args] = shell;
    const done = spawnSync(command!, [...args, '-n', COLLECTOR], { encoding: 'utf8' });
    // ksh has advice on speed for what is POSIX
    if (command !== 'ksh') assert.equal(done.stderr, '');
    assert.equal(done.status, 0);
  });
}

test('it evaluates no text and carries no network client of its own', () => {
  const script = readFileSync(COLLECTOR, 'utf8');
  assert.doesNotMatch(script, /^\s*eval\b/m);
  assert.doesNotMatch(script, /\/dev\/tcp|\bnc\b|\bssh\b/);
});

test('every shell writes the same members', async (t) => {
  if (!has(t, 'dash', 'bash', 'busybox', 'ksh')) return;
  const lists = [];
  for (const shell of SHELLS) {
    const out = scratch(t);
    const ended = await collect(t, ['--once', '--out', out, ...NO_LOGS], { shell });
    assert.equal(ended.code, 0, ended.stderr);
    const [sample] = samples(out);
    assert.equal(sample!.members[0], 'manifest.tsv');
    lists.push([...sample!.members, ...sample!.probes.map((row) => `${row.probe} ${row.status}`)]);
  }
  for (const list of lists) assert.deepEqual(list, lists[0]);
});

test('busybox alone is enough', async (t) => {
  if (!has(t, 'busybox')) return;
  const folder = scratch(t);
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const busybox = spawnSync('sh', ['-c', 'command -v busybox'], { encoding: 'utf8' }).stdout.trim();
  const applets = spawnSync('busybox', ['--list'], { encoding: 'utf8' }).stdout.trim().split('\n');
  // a static busybox may crash in wget when it looks up a host, which the kernel then logs
  for (const applet of applets) if (applet !== 'wget') symlinkSync(busybox, join(bin, applet));
  symlinkSync('/bin/false', join(bin, 'wget'));
  const out = join(folder, 'out');
  const ended = await collect(t, ['--once', '--out', out, ...NO_LOGS], { shell: [busybox, 'sh'], path: bin });
  assert.equal(ended.code, 0, ended.stderr);
  const [sample] = samples(out);
  assert.equal(sample!.probe('proc-net-snmp').status, 'collected');
  assert.match(sample!.header.get('epoch_ms')!, /^\d{13}$/);
  const wallClock = Math.abs(Date.now() - Number(sample!.header.get('ended_ms')));
  assert.ok(wallClock < 10_000, `the clock without %N is off by ${wallClock} ms`);
});

test('the manifest says when, where and by what', async (t) => {
  const out = scratch(t);
  const before = Date.now();
  await collect(t, ['--once', '--out', out, '--label', 'before tuning', ...NO_LOGS]);
  const [sample] = samples(out);
  const header = sample!.header;
  assert.deepEqual([...header.keys()].slice(0, 5), ['manifest', 'collector', 'host', 'label', 'session']);
  assert.equal(header.get('kind'), 'sample');
  assert.ok(Number(header.get('cpu_ms')) > 0 && Number(header.get('shell_peak_kb')) > 0);
  assert.equal(header.get('label'), 'before tuning');
  assert.equal(header.get('sequence'), '1');
  assert.equal(header.get('fresh'), 'no');
  assert.equal(Date.parse(header.get('utc')!), Number(header.get('epoch_ms')));
  assert.match(header.get('zone_offset')!, /^[+-]\d{4}$/);
  assert.equal(header.get('boot_id'), readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
  assert.ok(Number(header.get('epoch_ms')) > before - 1100 && Number(header.get('ended_ms')) < Date.now() + 1100);
  for (const row of sample!.probes) {
    assert.match(row.status, /^(collected|empty|absent|failed|truncated|skipped)$/);
    assert.ok(row.endedMs >= row.startedMs, row.probe);
    if (row.bytes > 0) assert.equal(Buffer.byteLength(sample!.text(row.member)), row.bytes, row.member);
  }
  assert.equal(readdirSync(out).length, 1);
});
