// Files whose names say nothing, or something else than their first line.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { tempFolder } from '../support/archives.ts';
import { importedCase } from '../support/cases.ts';
import { projectRoot } from '../support/project.ts';

const recorded = (path: string): string => readFileSync(join(projectRoot, 'test/sources', path), 'utf8');
/** As Debian installs it, with the settings it proposes switched on. */
const SYSCTL_CONF = recorded('sysctl-file/sosreport/input/sos/etc/sysctl.conf').replace(/^#(?=net\.)/gm, '');
const VMSTAT = recorded('vmstat/since-boot-and-repeated-headers/input/vmstat.txt');

/** Sources and rows of one loose file, in the order of its parts. */
async function read(t: TestContext, name: string, text: string): Promise<string> {
  const path = join(await tempFolder(t), name);
  await writeFile(path, text);
  const found = await importedCase(t, [path]);
  assert.equal(found.result.rejects, 0, 'nothing is rejected');
  const rows = await found.query('select source, rows from coverage where rows > 0');
  return rows.map(({ source, rows: count }) => `${String(source)} ${String(count)}`).join(', ');
}

test('a file of settings is told from running values by its comments, whatever its name', async (t) => {
  const settings = SYSCTL_CONF.split('\n').filter((line) => /^[a-z]/.test(line)).length;
  assert.ok(settings > 0 && SYSCTL_CONF.startsWith('#'));
  for (const name of ['sysctl.conf', '99-web.conf', 'notes.txt'])
    assert.equal(await read(t, name, SYSCTL_CONF), `sysctl-file ${settings}`, name);
});

test('a comment that reads like a command is none in a file named as one of settings', async (t) => {
  const text = '# sysctl -p\n\nnet.core.somaxconn = 4096\n# sysctl -a\nnet.ipv4.tcp_syncookies = 1\n';
  assert.equal(await read(t, 'sysctl.conf', text), 'sysctl-file 2');
});

test('behind the prompt of a command the values are running ones', async (t) => {
  const text = '# sysctl -a\nnet.core.somaxconn = 4096\nnet.ipv4.tcp_syncookies = 1\n';
  assert.equal(await read(t, 'notes.txt', text), 'sysctl 2');
});

test('vmstat is known by its title, and by the names below it', async (t) => {
  const rows = VMSTAT.split('\n').filter((line) => /^ *\d/.test(line)).length;
  assert.equal(await read(t, 'notes.txt', VMSTAT), `vmstat ${rows}`);
  assert.equal(await read(t, 'notes.txt', VMSTAT.slice(VMSTAT.indexOf('\n') + 1)), `vmstat ${rows}`);
});

test('counters of IPv6 are those of one interface behind its index, else those of all', async (t) => {
  const all = recorded('proc-net-snmp6/kernel-6.18/input/proc-net-snmp6.txt');
  const one = `ifIndex                         \t3\n${all.split('\n').slice(0, 20).join('\n')}\n`;
  const rows = all.trim().split('\n').length;
  assert.equal(await read(t, 'notes.txt', all), `proc-net-snmp6 ${rows}`);
  assert.equal(await read(t, 'notes.txt', one), 'proc-net-dev-snmp6 20');
  assert.equal(
    await read(t, 'notes.txt', `$ cat eth0\n${one}$ cat snmp6\n${all}`),
    `proc-net-dev-snmp6 20, proc-net-snmp6 ${rows}`,
  );
});

test('a summary of sockets is known by its first line', async (t) => {
  const summary = recorded('ss-summary/in-a-namespace/input/ss-s.txt');
  assert.equal(await read(t, 'notes.txt', summary), 'ss-summary 21');
});

test('a file that a command printed is known by the path of the command', async (t) => {
  const pressure =
    'some avg10=0.15 avg60=2.92 avg300=5.48 total=80559926\nfull avg10=0.00 avg60=0.01 avg300=0.20 total=1';
  const counters = recorded('proc-net-snmp6/kernel-6.18/input/proc-net-snmp6.txt').split('\n').slice(0, 5).join('\n');
  const path = join(await tempFolder(t), 'notes.txt');
  await writeFile(
    path,
    `$ cat /proc/pressure/cpu\n${pressure}\n$ cat /proc/pressure/io\n${pressure}\n$ cat /proc/net/dev_snmp6/eth7\nifIndex \t3\n${counters}\n`,
  );
  const read = await importedCase(t, [path]);
  assert.equal(read.result.rejects, 0);
  assert.deepEqual(
    await read.query('select resource, count(*)::integer as n from pressure group by all order by all'),
    [
      { resource: 'cpu', n: 2 },
      { resource: 'io', n: 2 },
    ],
  );
  assert.deepEqual(await read.query('select distinct interface from nic_counter'), [{ interface: 'eth7' }]);
});

test('a loose file that cannot be decompressed is named with the reason, beside others and alone', async (t) => {
  const folder = await tempFolder(t);
  const packed = Buffer.concat([Buffer.from('BZh91AY&SY'), Buffer.alloc(90, 7)]);
  await writeFile(join(folder, 'access.log.2.bz2'), packed);
  const alone = importedCase(t, [folder]);
  await assert.rejects(alone, /access\.log\.2\.bz2": it is bzip2-compressed; run bzip2 -d first/);
  await writeFile(join(folder, 'vmstat.txt'), VMSTAT);
  const { result } = await importedCase(t, [folder]);
  assert.deepEqual(
    result.notes.map(({ note }) => note).filter((note) => note.includes('bz2')),
    ['access.log.2.bz2: it is bzip2-compressed; run bzip2 -d first'],
  );
});
