import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { lastack } from '../support/cli.ts';
import { collect, NO_LOGS, samples, scratch, toolbox } from './collector.ts';

const OPTIONAL: readonly string[] = ['ss', 'netstat', 'ip', 'conntrack', 'dmesg', 'ps', 'curl', 'stat', 'find'].concat([
  'timeout',
  'renice',
  'ionice',
  'flock',
  'mkfifo',
  'df',
  'readlink',
  'id',
  'grep',
]);
const READING: readonly string[] = [
  'ss',
  'netstat',
  'ip',
  'ethtool',
  'conntrack',
  'dmesg',
  'ps',
  'curl',
  'wget',
  'journalctl',
];

for (const tool of OPTIONAL) {
  test(`a host without ${tool} still gives a sample`, async (t) => {
    const folder = scratch(t);
    const path = toolbox(join(folder, 'bin'), [tool]);
    const ended = await collect(t, ['--once', '--out', join(folder, 'out'), ...NO_LOGS], { path });
    assert.equal(ended.code, 0, ended.stderr);
    const [sample] = samples(join(folder, 'out'));
    assert.ok(sample!.members.includes('proc-net-snmp.txt'));
    assert.ok(Number(sample!.header.get('epoch_ms')) > 0);
  });
}

for (const [what, body] of [
  ['fails', 'echo "cannot" >&2; exit 1'],
  ['prints rubbish', 'head -c 50000 /dev/urandom; exit 0'],
] as const) {
  test(`a host whose every tool ${what} gives a sample that can be read`, async (t) => {
    const folder = scratch(t);
    const out = join(folder, 'out');
    const path = toolbox(join(folder, 'bin'), [], Object.fromEntries(READING.map((tool) => [tool, body])));
    const ended = await collect(t, ['--once', '--out', out, ...NO_LOGS], { path });
    assert.equal(ended.code, 0, ended.stderr);
    const imported = await lastack(['import', out, '--case', join(folder, 'case.duckdb'), '--quiet']);
    assert.equal(imported.code, 0, imported.stderr);
  });
}
