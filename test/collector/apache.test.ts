import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { appears, collect, has, NO_LOGS, samples, scratch, start } from './collector.ts';

const MODULES = '/usr/lib/apache2/modules';

function configuration(folder: string, port: number): string {
  const modules = ['mpm_event', 'authz_core', 'authz_host', 'alias', 'mime', 'status', 'proxy', 'proxy_http', 'env'];
  return `ServerRoot ${folder}
ServerName www.lab.example
DefaultRuntimeDir ${folder}
PidFile ${folder}/httpd.pid
${process.getuid?.() === 0 ? 'User nobody\nGroup nogroup' : ''}
${modules.map((name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so`).join('\n')}
Define backlog 77
Listen 127.0.0.1:${port}
ListenBacklog \${backlog}
<IfModule mpm_event_module>
  MaxRequestWorkers 50
</IfModule>
<IfModule prefork.c>
  MaxRequestWorkers 9
</IfModule>
<IfDefine LASTACK_TEST>
  Timeout 33
</IfDefine>
TypesConfig /etc/mime.types
ErrorLog ${folder}/error.log
CustomLog ${folder}/access.log "%h %l %u %t \\"%r\\" \\
  %>s %O"
ExtendedStatus On
<Location /server-status>
  SetHandler server-status
</Location>
Include ${folder}/sites/*.conf
KeepAliveTimeout 3
`;
}

const SITE = `<VirtualHost *:80>
  ProxyPass /app http://user:password@10.77.128.10:9000/app secret=hush timeout=7
  <Location /api>
    ProxyPass http://10.77.128.10:9000/api
  </Location>
  SetEnv DATABASE_PASSWORD never-shown
</VirtualHost>
`;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new TypeError('no port');
  return address.port;
}

/** Starts a server of our own, and settles when it takes requests. */
async function startApache(t: TestContext, folder: string, port: number): Promise<void> {
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, 'sites'));
  writeFileSync(join(folder, 'sites/lab.conf'), SITE);
  writeFileSync(join(folder, 'httpd.conf'), configuration(folder, port));
  const server = spawn('apache2', ['-f', join(folder, 'httpd.conf'), '-DFOREGROUND', '-D', 'LASTACK_TEST'], {
    env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` },
    stdio: 'ignore',
  });
  const closed = new Promise<void>((resolve) => server.on('close', () => resolve()));
  t.after(async () => {
    server.kill('SIGTERM');
    await closed;
  });
  const failed = closed.then(() => {
    throw new Error('apache2 did not start');
  });
  await Promise.race([appears(folder, 'error.log', 'resuming normal operations'), failed]);
}

test('a running Apache: status, settings, processes and requests', async (t) => {
  if (!has(t, 'apache2', 'curl')) return;
  if (!existsSync(MODULES)) return t.skip(`needs ${MODULES}`);
  const folder = scratch(t);
  const port = await freePort();
  await startApache(t, scratch(t), await freePort());
  await startApache(t, folder, port);
  await startApache(t, scratch(t), await freePort());
  const url = `http://127.0.0.1:${port}`;
  const out = join(folder, 'out');
  const run = start(
    t,
    ['--interval', '0.5', '--out', out, '--fresh', '--status-url', `${url}/server-status?auto`].concat(
      '--access-log',
      join(folder, 'access.log'),
      '--error-log',
      '/nonexistent',
    ),
  );
  await run.sample(1);
  assert.equal((await fetch(`${url}/asked-for`)).status, 404);
  await run.sample(2);
  appendFileSync(join(folder, 'sites/lab.conf'), '# changed\n');
  await run.sample(4);
  run.child.kill('SIGTERM');
  await run.ended;

  const taken = samples(out);
  const [first] = taken;
  assert.match(first!.text('server-status.txt'), /^ServerMPM: event$/m);
  assert.match(first!.text('server-status.txt'), /^Scoreboard: /m);
  assert.ok(
    taken.some(
      (sample) =>
        sample.members.includes('logs/access/access.log') &&
        sample.text('logs/access/access.log').includes('GET /asked-for'),
    ),
  );

  const [header, ...processes] = first!.text('ps.txt').trim().split('\n');
  assert.match(header!, /^\s*pss\s+pid\s+ppid\s+user\s+stat\s+etimes?\s+time\s+rss\b.*\bcomm$/);
  assert.ok(processes.length >= 2);
  for (const line of processes)
    assert.match(line, /^ *\d+ .* apache2$/, 'a share of memory, or none where it may not be read');
  const taking = taken.map((sample) => sample.probe('apache-settings').status);
  assert.equal(taking[1], 'skipped', 'unchanged');
  assert.ok(taking.slice(2, 4).includes('collected'), 'taken again when a file changed');

  const settings = first!
    .text('apache-settings.txt')
    .trim()
    .split('\n')
    .map((line) => line.split('\t'));
  const version = new Map(settings.filter(([kind]) => kind === 'version').map(([, key, value]) => [key, value]));
  assert.match(version.get('Server version')!, /^Apache\/2\.4/);
  const value = (name: string, scope = '-'): string | undefined =>
    settings.find((row) => row[0] === 'directive' && row[1] === scope && row[2] === name)?.[3];
  assert.equal(value('ListenBacklog'), '77');
  assert.equal(value('Timeout'), '33');
  assert.equal(value('KeepAliveTimeout'), '3');
  assert.deepEqual(
    settings.filter((row) => row[2] === 'MaxRequestWorkers').map((row) => row[3]),
    ['50'],
    'the section of the other MPM is left out',
  );
  assert.match(value('CustomLog')!, /"%h %l %u %t \\"%r\\" %>s %O"$/);
  assert.equal(value('SetHandler', '<Location /server-status>'), 'server-status');
  assert.equal(value('ProxyPass', '<VirtualHost *:80>'), '/app http://10.77.128.10:9000/app secret=hidden timeout=7');
  assert.equal(value('ProxyPass', '<VirtualHost *:80>/<Location /api>'), 'http://10.77.128.10:9000/api');
  assert.doesNotMatch(first!.text('apache-settings.txt'), /hush|password|never-shown/);
  assert.ok(settings.some((row) => row[4]?.endsWith('sites/lab.conf:2')));
});

test('a status page that does not answer is failed, with the reason', async (t) => {
  if (!has(t, 'curl')) return;
  const out = scratch(t);
  const run = start(t, [
    '--once',
    '--out',
    out,
    '--status-url',
    `http://127.0.0.1:${await freePort()}/server-status?auto`,
  ]);
  await run.ended;
  const row = samples(out)[0]!.probe('server-status');
  assert.deepEqual([row.status, row.exitCode, row.bytes], ['failed', '7', 0]);
  assert.match(row.note, /connect/);
});

test('a web server of another network namespace is not taken for this one', async (t) => {
  const inside = ['--user', '--map-root-user', '--net'];
  if (!has(t, 'unshare') || spawnSync('unshare', [...inside, 'true']).status !== 0) return t.skip('needs unshare');
  const folder = scratch(t);
  const program = join(folder, 'apache2');
  writeFileSync(program, '#!/bin/sh\nread -r line\n', { mode: 0o755 });
  const server = spawn(program, { stdio: ['pipe', 'ignore', 'ignore'] });
  t.after(() => server.kill());
  const here = join(folder, 'here');
  await collect(t, ['--once', '--out', here, ...NO_LOGS]);
  assert.match(samples(here)[0]!.text('ps.txt'), new RegExp(`^ *\\d+ +${server.pid} .* apache2$`, 'm'));
  const there = join(folder, 'there');
  await collect(t, ['--once', '--out', there, ...NO_LOGS], { shell: ['unshare', ...inside, 'sh'] });
  const row = samples(there)[0]!.probe('ps');
  assert.deepEqual([row.status, row.note], ['empty', 'no process named apache2 or httpd']);
});
