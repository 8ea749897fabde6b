// In one sample every fact is read once, and what interrupts an output loses none of it.
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { tempFolder } from '../support/archives.ts';
import { importedCase, type TestCase } from '../support/cases.ts';

const PS = `USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND
root           1  0.0  0.0 168140 11496 ?        Ss   14:00   0:01 /sbin/init
www-data     901  0.3  0.1 210012 20480 ?        S    14:02   0:03 /usr/sbin/apache2 -k start
`;
const SS = `State  Recv-Q Send-Q Local Address:Port Peer Address:Port Process
LISTEN 0      128    0.0.0.0:80         0.0.0.0:*
ESTAB  0      0      10.0.0.1:80        10.0.0.9:40000
`;
const VMSTAT_HEAD = `procs -----------memory---------- ---swap-- -----io---- -system-- ------cpu-----
 r  b   swpd   free   buff  cache   si   so    bi    bo   in   cs us sy id wa st
`;
const VMSTAT_LINE = ' 1  0      0 23652116  56932 857252    0    0   873  1022  251  834 10  5 85  0  0\n';

async function bundle(t: TestContext, files: Readonly<Record<string, string>>): Promise<TestCase> {
  const folder = await tempFolder(t);
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return importedCase(t, [folder]);
}

async function coverage(found: TestCase): Promise<readonly string[]> {
  const rows = await found.query(
    "select source, regexp_extract(member, '[^/]*$') as name, status, note from coverage order by name",
  );
  return rows.map(({ source, name, status, note }) =>
    `${String(source)} ${String(name)} ${String(status === 'skipped' ? note : status)}`.replace(/(?<=as ).*\//, ''),
  );
}

test('of several process lists of a sosreport the plain one is read, of two netstats the longer one', async (t) => {
  const netstat = (address: string): string =>
    `Active Internet connections (servers and established)
Proto Recv-Q Send-Q Local Address           Foreign Address         State       User       Inode      PID/Program name     Timer
tcp        0      0 0.0.0.0:80              0.0.0.0:*               LISTEN      0          1234       901/apache2          off (0.00/0/0)
tcp6       0      0 ${address}:80 :::*      LISTEN      0          1235       901/apache2          off (0.00/0/0)
`;
  const found = await bundle(t, {
    'sosreport-www1/sos_commands/date/date': 'Sun Nov 22 16:10:01 UTC 2026\n',
    'sosreport-www1/sos_commands/process/ps_auxwww': PS,
    'sosreport-www1/sos_commands/process/ps_auxwwwm': PS + PS.split('\n').slice(1).join('\n'),
    'sosreport-www1/sos_commands/networking/netstat_-neopa': netstat('2001:db8::1'),
    'sosreport-www1/sos_commands/networking/netstat_-W_-neopa': netstat('2001:db8:1:2:3:4:5:1234'),
  });
  assert.deepEqual(await coverage(found), [
    'netstat-sockets netstat_-W_-neopa collected',
    'netstat-sockets netstat_-neopa same facts as netstat_-W_-neopa',
    'process ps_auxwww collected',
    'process ps_auxwwwm same facts as ps_auxwww',
  ]);
  const [rows] = await found.query(
    'select (select count(*) from process)::integer as processes, (select count(*) from socket)::integer as sockets',
  );
  assert.deepEqual(rows, { processes: 2, sockets: 2 });
});

test('lists of one protocol each are parts of one whole; a list of all makes them needless', async (t) => {
  const udp = SS.replaceAll(/LISTEN|ESTAB /g, 'UNCONN');
  const parts = await bundle(t, { 'ss-tan.txt': SS, 'ss-uan.txt': udp });
  assert.equal(parts.result.samples, 1);
  assert.deepEqual(await coverage(parts), ['ss ss-tan.txt collected', 'ss ss-uan.txt collected']);
  const whole = await bundle(t, { 'ss-tan.txt': SS, 'ss-an.txt': SS });
  assert.deepEqual(await coverage(whole), ['ss ss-an.txt collected', 'ss ss-tan.txt same facts as ss-an.txt']);
});

test('the ring buffer with times of day is read where the plain one is empty or missing', async (t) => {
  const plain = '[    1.000000] eth0: link up\n';
  const times = '[Sun Nov 22 16:10:01 2026] eth0: link up\n';
  const date = { 'sosreport-www1/sos_commands/date/date': 'Sun Nov 22 16:10:01 UTC 2026\n' };
  const kernel = 'sosreport-www1/sos_commands/kernel';
  const both = await bundle(t, { ...date, [`${kernel}/dmesg`]: plain, [`${kernel}/dmesg_-T`]: times });
  assert.deepEqual(await coverage(both), [
    'kernel-log dmesg collected',
    'dmesg-times dmesg_-T same facts as kernel-log',
  ]);
  const empty = await bundle(t, { ...date, [`${kernel}/dmesg`]: '', [`${kernel}/dmesg_-T`]: times });
  assert.deepEqual(await coverage(empty), ['kernel-log dmesg empty', 'dmesg-times dmesg_-T collected']);
});

test('headers that vmstat prints again begin no second output', async (t) => {
  const text = VMSTAT_HEAD + VMSTAT_LINE.repeat(3) + VMSTAT_HEAD + VMSTAT_LINE.repeat(2);
  const found = await bundle(t, { 'unnamed.out': text });
  assert.deepEqual(await coverage(found), ['vmstat unnamed.out collected']);
  const [rows] = await found.query('select count(*)::integer as n from vmstat');
  assert.equal(rows?.['n'], 5);
});

test('a loose sysctl.conf that begins with a comment is a file of settings', async (t) => {
  const text = '# sysctl settings are defined through files in\n# /usr/lib/sysctl.d/\nnet.ipv4.tcp_syncookies = 1\n';
  const found = await bundle(t, { 'sysctl.conf': text });
  assert.deepEqual(await coverage(found), ['sysctl-file sysctl.conf collected']);
  const rows = await found.query('select key, value from sysctl_file');
  assert.deepEqual(rows, [{ key: 'net.ipv4.tcp_syncookies', value: '1' }]);
});

test('lists of sockets whose names say nothing are told by what is in them', async (t) => {
  const found = await bundle(t, {
    'tcp.txt': SS,
    'udp.txt': SS.split('\n')[0]! + '\nUNCONN 0      0      127.0.0.1:323      0.0.0.0:*\n',
    'unix.txt': `Netid State  Recv-Q Send-Q Local Address:Port Peer Address:Port Process
u_str LISTEN 0      4096   /run/systemd/private 17 * 0
u_dgr UNCONN 0      0      /run/systemd/notify 18 * 0
u_dgr UNCONN 0      0      /run/systemd/journal/dev-log 19 * 0
u_dgr UNCONN 0      0      /run/systemd/journal/socket 20 * 0
`,
  });
  assert.deepEqual(await coverage(found), ['ss tcp.txt collected', 'ss udp.txt collected', 'ss unix.txt collected']);
});
