import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { lastack } from '../support/cli.ts';
import { collect, has, NO_LOGS, type Run, samples, scratch, start, toolbox } from './collector.ts';

/** Sixty half-open connections while the file is there, a listener and a connection otherwise. */
function sockets(flood: string): string {
  return `echo "State Recv-Q Send-Q Local Address:Port Peer Address:Port Process"
echo "LISTEN 0 511 0.0.0.0:80 0.0.0.0:* uid:0 ino:7 sk:1"
echo "ESTAB 0 0 10.0.0.1:80 198.51.100.7:40000 uid:33 ino:8 sk:2"
[ ! -e ${flood} ] || for i in 1 2 3 4 5 6 7 8 9; do echo "SYN-RECV 0 0 10.0.0.1:80 198.51.100.$i:4$i uid:33 ino:0 sk:3"; done`;
}

function manifests(archive: string): readonly string[] {
  const listed = spawnSync('tar', ['-tzf', archive], { encoding: 'utf8' }).stdout.split('\n');
  return listed.filter((name) => name.endsWith('manifest.tsv'));
}

/** Settles when the collector has said a line with the text in it. */
function says(run: Run, text: string): Promise<void> {
  return new Promise((resolve) => {
    let heard = '';
    run.child.stderr!.on('data', (part: string) => {
      heard += part;
      if (heard.includes(text)) resolve();
    });
  });
}

const WATCH = [
  '--watch',
  '--tick',
  '0.5',
  '--after',
  '2',
  '--interval',
  '600',
  '--controls',
  '0',
  '--budget',
  '99',
  ...NO_LOGS,
];

for (const shell of [['dash'], ['bash'], ['busybox', 'sh']]) {
  test(`a trigger makes a capture that begins before it (${shell.join(' ')})`, async (t) => {
    if (!has(t, shell[0]!)) return;
    const folder = scratch(t);
    const out = join(folder, 'out');
    const flood = join(folder, 'flood');
    const path = toolbox(join(folder, 'bin'), [], { ss: sockets(flood) });
    const trigger = ['--trigger', 'syn_recv > 8 for 2/3'];
    const run = start(t, [...WATCH, ...trigger, '--out', out], { path, shell });
    await run.sample(1);
    const begun = says(run, 'capture: syn_recv > 8 for 2/3 (it is 9)');
    writeFileSync(flood, '');
    await begun;
    await says(run, 'capture ends');
    rmSync(flood);
    run.child.kill('SIGTERM');
    await run.ended;
    const archive = readdirSync(out).find((name) => name.endsWith('-trigger.tar.gz'));
    const names = manifests(join(out, archive!));
    assert.ok(names.filter((name) => name.includes('/ring-before/')).length >= 2, names.join(' '));
    assert.ok(names.some((name) => name.includes('/ring-after/')));
    assert.ok(names.some((name) => name.includes('/sample-')));

    const sql = `select c.ts, count(*) filter (k.state = 'SYN_RECV') as half from capture as c left join socket as k using (capture_id) group by all order by c.ts`;
    const case_ = join(folder, 'case.duckdb');
    const imported = await lastack(['import', join(out, archive!), '--case', case_, '--quiet']);
    assert.equal(imported.code, 0, imported.stderr);
    const asked = await lastack(['query', '--case', case_, '--format', 'json', sql]);
    const rows = JSON.parse(asked.stdout) as { half: number | string }[];
    assert.equal(rows.length, names.length, 'a sample for each look');
    assert.equal(String(rows[0]!.half), '0', 'it was quiet at first');
    assert.ok(rows.some((row) => String(row.half) === '9'));
  });
}

test('what Apache says in its error log is a figure: no worker is left, a backend refuses', async (t) => {
  const folder = scratch(t);
  const out = join(folder, 'out');
  const log = join(folder, "it's an error.log");
  const limit = '[mpm_prefork:error] [pid 19] AH00161: server reached MaxRequestWorkers setting, consider raising it';
  const refused =
    '[proxy:error] [pid 36] (111)Connection refused: AH00957: http: attempt to connect to 10.20.0.10:9000 failed';
  // what was there before is no news
  writeFileSync(log, `${limit}\n`);
  const options = WATCH.map((option) => (option.endsWith('error.log') ? log : option));
  const triggers = ['--trigger', 'worker_limit_rate > 0', '--trigger', 'backend_error_rate > 2'];
  const run = start(t, [...options, ...triggers, '--cooldown', '0.1', '--out', out]);
  await run.sample(1);
  const ended = says(run, 'capture ends');
  const full = says(run, 'capture: worker_limit_rate > 0 (it is ');
  appendFileSync(log, `[core:notice] AH00094: Command line\n${limit}\n`);
  await full;
  await ended;
  const backend = says(run, 'capture: backend_error_rate > 2 (it is ');
  // rotated: all of the new file is news
  renameSync(log, `${log}.1`);
  writeFileSync(log, `${refused}\n`.repeat(4));
  await backend;
  run.child.kill('SIGTERM');
  await run.ended;
});

test('by hand, by signal and by file', async (t) => {
  const out = scratch(t);
  const run = start(t, [...WATCH, '--after', '0.5', '--trigger', 'load1 > 100000', '--out', out]);
  await run.sample(1);
  const asked = says(run, 'capture: by signal');
  const ended = await collect(t, ['--now', '--out', out]);
  assert.match(ended.stderr, /asked process \d+ for a capture/);
  await asked;
  await says(run, 'capture ends');
  const by = says(run, 'capture: by the file trigger-now');
  writeFileSync(join(out, 'trigger-now'), '');
  await by;
  assert.ok(!existsSync(join(out, 'trigger-now')));
  const status = await collect(t, ['--status', '--out', out]);
  assert.equal(status.code, 0);
  assert.match(status.stdout, /^process \d+ is writing to /);
  assert.match(status.stdout, /^ {4}load1 [\d.]+$/m);
  run.child.kill('SIGTERM');
  await run.ended;
  const after = await collect(t, ['--status', '--out', out]);
  assert.equal(after.code, 1);
  assert.match(after.stdout, /^no collector is writing to /);
});

test('--now takes one sample where nobody watches', async (t) => {
  const out = scratch(t);
  const ended = await collect(t, ['--now', '--out', out, ...NO_LOGS]);
  assert.equal(ended.code, 0, ended.stderr);
  assert.equal(samples(out)[0]!.header.get('trigger'), 'by hand');
});

for (const [trigger, message] of [
  ['syn_recv', /a trigger is NAME > NUMBER \[for K\/N\], got 'syn_recv'/],
  ['syn_recv > many', /got 'syn_recv > many'/],
  ['syn_rcv > 5', /there is no figure 'syn_rcv'; known are syn_recv /],
  ['syn_recv > 5 for 4/3', /K is at most N/],
  ['syn_recv > 5 for ever', /expected for K\/N/],
] as const) {
  test(`wrong trigger: ${trigger}`, async (t) => {
    const ended = await collect(t, ['--watch', '--trigger', trigger, '--out', scratch(t), ...NO_LOGS]);
    assert.equal(ended.code, 2);
    assert.match(ended.stderr, message);
  });
}
