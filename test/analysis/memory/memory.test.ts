import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { writeLargeCase } from '../../bench/large-case.ts';
import { tempFolder } from '../../support/archives.ts';

const SAMPLES = 320;
const LIMIT_MB = 100;
/** Four times the samples may take a little more: documents grow. Without the limit they take twice as much as this and more. */
const MORE_MB = 60;

test('four times the samples do not need more memory', { skip: process.platform !== 'linux' }, async (t) => {
  const path = join(await tempFolder(t), 'case.duckdb');
  await writeLargeCase(path, SAMPLES, 4000, 20_000);
  const quarter = new Date(Date.UTC(2026, 0, 5, 12) + (SAMPLES / 4) * 5000).toISOString();
  const few = peakMb(path, LIMIT_MB, quarter);
  const many = peakMb(path, LIMIT_MB);
  assert.ok(many < few + MORE_MB, `${few} MB became ${many} MB`);
});

function peakMb(path: string, limitMb: number, ...until: readonly string[]): number {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'peak.js'), path, String(limitMb), ...until],
    { encoding: 'utf8' },
  );
  assert.equal(status, 0, stderr);
  return Math.round(Number(stdout) / 1024);
}
