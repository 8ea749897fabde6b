import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { COLLECTOR, scratch } from './collector.ts';

function run(root: string, ...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  const env = { ...process.env, DESTDIR: root };
  return spawnSync('sh', [COLLECTOR, ...args], { encoding: 'utf8', env });
}

test('--install writes a systemd service that runs with the options given, --uninstall removes all of it', (t) => {
  const root = scratch(t);
  mkdirSync(join(root, 'etc/systemd/system'), { recursive: true });
  const done = run(root, '--install', '--access-log', '/var/log/apache2/*access*.log', '--label', 'a "b" $c %d');
  assert.equal(done.status, 0, done.stderr);
  const unit = readFileSync(join(root, 'etc/systemd/system/lastack-collect.service'), 'utf8');
  const start = 'ExecStart=/bin/sh /usr/local/sbin/lastack-collect --watch "--out" "/var/lib/lastack"';
  assert.ok(
    unit.includes(`${start} "--access-log" "/var/log/apache2/*access*.log" "--label" "a \\"b\\" $$c %%d"\n`),
    unit,
  );
  const program = join(root, 'usr/local/sbin/lastack-collect');
  assert.equal(readFileSync(program, 'utf8'), readFileSync(COLLECTOR, 'utf8'));
  const removed = run(root, '--uninstall');
  assert.equal(removed.status, 0, removed.stderr);
  assert.match(removed.stdout, /the captures in \/var\/lib\/lastack are kept/);
  assert.ok(!existsSync(program));
  assert.ok(!existsSync(join(root, 'etc/systemd/system/lastack-collect.service')));
});

test('--install writes an OpenRC script where that is the init', (t) => {
  const root = scratch(t);
  if (existsSync('/run/systemd/system')) return t.skip('systemd runs here');
  mkdirSync(join(root, 'sbin'));
  writeFileSync(join(root, 'sbin/openrc-run'), '', { mode: 0o755 });
  const done = run(root, '--install', '--out', "/srv/it's here");
  assert.equal(done.status, 0, done.stderr);
  const script = join(root, 'etc/init.d/lastack-collect');
  assert.equal(spawnSync('sh', ['-n', script]).status, 0);
  const shown = spawnSync('sh', ['-c', '. "$1" && eval "printf \'%s\\n\' $command_args"', 'sh', script], {
    encoding: 'utf8',
  });
  assert.ok(shown.stdout.endsWith("--out\n/srv/it's here\n"), shown.stdout);
});

test('--install says what cron needs where there is neither', (t) => {
  if (existsSync('/run/systemd/system')) return t.skip('systemd runs here');
  const done = run(scratch(t), '--install');
  assert.equal(done.status, 0, done.stderr);
  assert.match(done.stdout, /^\* \* \* \* \* root \/bin\/sh \/usr\/local\/sbin\/lastack-collect --once --quiet /m);
});

test('--install refuses options that --watch does not take', (t) => {
  const root = scratch(t);
  const done = run(root, '--install', '--tick', 'often');
  assert.equal(done.status, 2);
  assert.match(done.stderr, /--tick wants a number of seconds/);
  assert.ok(!existsSync(join(root, 'usr')));
});
