import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CliError } from '../../src/base/errors.ts';
import { parseManifest } from '../../src/capture/manifest.ts';
import { checkEntryName } from '../../src/capture/member-name.ts';
import { manifestText } from '../support/archives.ts';

test('a manifest gives host, clocks and one probe a row', () => {
  const manifest = parseManifest(
    manifestText(['ss-tanoemi ss-tanoemi.txt collected cgroup2+noise', 'conntrack-L - absent'], {
      zone_offset: '-0330',
      cpus: '4',
      fresh: 'yes',
    }),
  );
  assert.equal(manifest.host, 'www1');
  assert.equal(manifest.tsUs, 1_795_387_085_081_000);
  assert.equal(manifest.utcOffsetMinutes, -210);
  assert.equal(manifest.uptimeS, 100.5);
  assert.equal(manifest.cpus, 4);
  assert.equal(manifest.fresh, true);
  assert.equal(manifest.label, null);
  assert.deepEqual(manifest.probes, [
    {
      probe: 'ss-tanoemi',
      member: 'ss-tanoemi.txt',
      status: 'collected',
      exitCode: 0,
      bytes: 10,
      durationMs: 1,
      note: 'cgroup2 noise',
    },
    { probe: 'conntrack-L', member: null, status: 'absent', exitCode: 0, bytes: 10, durationMs: 1, note: null },
  ]);
});

test('columns are found by their names and unknown statuses count as failed', () => {
  const text = manifestText([]).replace(/probe\t.*\n/, 'status\tprobe\tmember\n') + 'weird\tps\tps.txt\n';
  const [probe] = parseManifest(text).probes;
  assert.deepEqual([probe?.probe, probe?.member, probe?.status, probe?.exitCode], ['ps', 'ps.txt', 'failed', null]);
});

for (const [what, text, message] of [
  ['another file', 'hello\n', /not a lastack manifest/],
  ['a newer format', manifestText([], { manifest: '2' }), /format 2.*reads up to 1/],
  ['no host', manifestText([], { host: '' }), /lacks host or epoch_ms/],
  ['no time', manifestText([], { epoch_ms: 'soon' }), /lacks host or epoch_ms/],
] as const) {
  test(`a manifest is refused: ${what}`, () => {
    assert.throws(
      () => parseManifest(text),
      (error) => error instanceof CliError && error.exitCode === 3 && message.test(error.message),
    );
  });
}

test('entry names are kept or refused', () => {
  assert.deepEqual(checkEntryName('./x//logs/./a.log', 100), { path: 'x/logs/a.log' });
  for (const name of ['/a', 'a/../b', '..', 'C:\\x', '\\\\host\\x', 'a\0b', '', './', 'x'.repeat(101)]) {
    assert.ok('refused' in checkEntryName(name, 100), name);
  }
});
