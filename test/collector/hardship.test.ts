import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chownSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { Random } from '../bench/random.ts';
import { lastack } from '../support/cli.ts';
import { whyNoNamespace } from '../support/lab.ts';
import { collect, has, jumpingClock, NO_LOGS, readSample, samples, scratch, start, toolbox } from './collector.ts';

const READING: readonly string[] = ['ss', 'ip', 'conntrack', 'dmesg', 'ps', 'curl', 'netstat', 'ethtool', 'journalctl'];
const everyTool = (body: string): Record<string, string> => Object.fromEntries(READING.map((tool) => [tool, body]));
const archives = (folder: string): readonly string[] => readdirSync(folder).filter((name) => !name.startsWith('.'));

test('the clock of the host jumps back and forth: samples keep their distance, and each says its time', async (t) => {
  const folder = scratch(t);
  const out = join(folder, 'out');
  const { path, jump } = jumpingClock(folder);
  const run = start(t, ['--interval', '1', '--count', '4', '--keep', '9', '--out', out, ...NO_LOGS], { path });
  for (const [sequence, seconds] of [-7200, 86_400, 0].entries()) {
    await run.sample(sequence + 1);
    writeFileSync(jump, String(seconds));
  }
  assert.equal((await run.ended).code, 0);
  const taken = samples(out).toSorted((a, b) => Number(a.header.get('sequence')) - Number(b.header.get('sequence')));
  const times = taken.map((sample) => Number(sample.header.get('epoch_ms')));
  assert.equal(times.length, 4);
  for (const [i, seconds] of [0, -7200, 86_400, 0].entries()) {
    const off = times[i]! / 1000 - Date.now() / 1000 - seconds;
    assert.ok(Math.abs(off) < 120, `sample ${i + 1} is ${off} s off the clock as it was then`);
  }
  for (const sample of taken)
    for (const row of sample.probes) assert.ok(row.endedMs >= row.startedMs, `${row.probe} ends before it starts`);
  const imported = await lastack(['import', out, '--case', join(folder, 'case.duckdb'), '--quiet']);
  assert.equal(imported.code, 0, imported.stderr);
});

test('every tool hangs: the sample ends, says so of each, and leaves them out for a while', async (t) => {
  const folder = scratch(t);
  const out = join(folder, 'out');
  const path = toolbox(join(folder, 'bin'), [], everyTool('exec sleep 600'));
  const args = ['--limit', '1', '--interval', '0.1', '--count', '2', '--budget', '99', '--out', out, ...NO_LOGS];
  const ended = await collect(t, args, { path });
  assert.equal(ended.code, 0, ended.stderr);
  const [first, second] = samples(out);
  for (const probe of ['ss-tanoemi', 'ss-s', 'ip-s-link', 'dmesg', 'server-status']) {
    const row = first!.probe(probe);
    assert.deepEqual([row.status, row.exitCode, row.note], ['failed', '124', 'no answer within 1 s'], probe);
    const then = second!.probe(probe);
    assert.deepEqual([then.status, then.note], ['skipped', 'no answer within 1 s: again in 5 samples'], probe);
  }
  assert.equal(second!.probe('proc-net-snmp').status, 'collected');
});

test('SIGTERM and SIGKILL at random moments: what is to be seen is whole', async (t) => {
  const out = scratch(t);
  const chance = new Random(8);
  for (let round = 0; round < 12; round++) {
    const run = start(t, ['--interval', '0.01', '--out', out, ...NO_LOGS]);
    await setTimeout(chance.between(0, 1500)); // the moment is the test
    run.child.kill(round % 2 === 0 ? 'SIGKILL' : 'SIGTERM');
    await run.ended;
    for (const name of archives(out)) assert.ok(readSample(join(out, name)).members.length > 5, name);
  }
  const ended = await collect(t, ['--once', '--out', out, ...NO_LOGS]);
  assert.equal(ended.code, 0, ended.stderr);
  assert.deepEqual(
    readdirSync(out).filter((name) => !/^lastack-.*\.tar\.gz$/.test(name)),
    [],
    'what the killed ones left is gone',
  );
});

test('an output folder that may not be written to is one line and exit code 1', async (t) => {
  const why = whyNoNamespace(['mount']);
  if (why !== null) return t.skip(why);
  const folder = scratch(t);
  const script = `mount -t tmpfs -o ro none ${folder} && exec dash "$@"`;
  const ended = await collect(t, ['--once', '--out', folder, ...NO_LOGS], {
    shell: ['unshare', '-m', 'sh', '-c', script, 'sh'],
  });
  assert.equal(ended.code, 1);
  assert.match(ended.stderr, /^lastack-collect: cannot write to [^\n]*\n$/);
});

test('without root: what needs it says so, the rest is taken', async (t) => {
  if (process.getuid?.() !== 0 || !has(t, 'setpriv')) return t.skip('needs root, to give it up');
  const out = scratch(t);
  chownSync(out, 65_534, 65_534);
  const shell = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', 'dash'];
  const ended = await collect(t, ['--once', '--out', out, ...NO_LOGS], { shell });
  assert.equal(ended.code, 0, ended.stderr);
  const [sample] = samples(out);
  for (const probe of ['ss-tanoemi', 'proc-net-netstat', 'sysctl'])
    assert.equal(sample!.probe(probe).status, 'collected', probe);
  if (sample!.probe('conntrack-L').status !== 'absent') assert.equal(sample!.probe('conntrack-L').status, 'failed');
  const checked = await collect(t, ['--check', '--out', out, ...NO_LOGS], { shell });
  assert.equal(checked.code, 0, checked.stderr);
  assert.match(checked.stdout, /^This ran without root: /m);
});

test('at quiet moments a control capture is made, and a trigger that holds makes it a triggered one', async (t) => {
  const folder = scratch(t);
  const out = join(folder, 'out');
  const many = join(folder, 'many');
  const path = toolbox(join(folder, 'bin'), [], {
    ss: `echo "State Recv-Q Send-Q Local Address:Port Peer Address:Port"
echo "LISTEN 0 511 0.0.0.0:80 0.0.0.0:* uid:0 ino:7 sk:1"
[ ! -e ${many} ] || for i in 1 2 3 4 5 6 7 8 9; do echo "CLOSE-WAIT 1 0 10.0.0.1:80 198.51.100.$i:4$i uid:33 ino:0 sk:3"; done`,
  });
  const watching = ['--watch', '--tick', '0.2', '--after', '3', '--cooldown', '0.1', '--interval', '600', '--out', out];
  const run = start(t, [...watching, '--controls', '43200', '--trigger', 'close_wait > 8', ...NO_LOGS], { path });
  const says = (text: string): Promise<void> =>
    new Promise((resolve) => {
      let heard = '';
      run.child.stderr!.on('data', (part: string) => {
        heard += part;
        if (heard.includes(text)) resolve();
      });
    });
  await says('-control.tar.gz');
  const quiet = archives(out).find((name) => name.endsWith('-control.tar.gz'))!;
  const listed = spawnSync('tar', ['-tzf', join(out, quiet)], { encoding: 'utf8' }).stdout;
  assert.match(listed, /ring-before/);
  await says('capture: a quiet moment');
  writeFileSync(many, '');
  await says('-trigger.tar.gz');
  run.child.kill('SIGTERM');
  await run.ended;
});
