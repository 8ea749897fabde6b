import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { analyse } from '../../src/analysis/analyse.ts';
import { importedCase } from '../support/cases.ts';
import { projectRoot } from '../support/project.ts';

const lastackVersion = '0.0.0-test';

test('the cost of recording is what the manifests say', async (t) => {
  const recording = join(projectRoot, 'test/compare/recordings/steady-1.tar.xz');
  const { stdout, status } = spawnSync('tar', ['-xJOf', recording, '--wildcards', '*/manifest.tsv'], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  assert.equal(status, 0);
  const values = (key: string): number[] =>
    [...stdout.matchAll(new RegExp(`^# ${key}\\t(\\d+)$`, 'gm'))].map((match) => Number(match[1]));
  const cpu = values('cpu_ms').toSorted((a, b) => a - b);
  const began = values('epoch_ms').toSorted((a, b) => a - b);
  assert.ok(cpu.length > 50);

  const read = await importedCase(t, [recording]);
  const { quality } = await analyse(read.file.connection, { lastackVersion });
  const [cost, ...others] = quality.collectors;
  assert.deepEqual(others, []);
  assert.equal(cost?.samples, cpu.length);
  assert.equal(cost.cpuMs?.most, cpu.at(-1));
  const middle = cpu.length / 2;
  assert.equal(cost.cpuMs?.median, (cpu[Math.ceil(middle) - 1]! + cpu[Math.floor(middle)]!) / 2);
  const share = cpu.reduce((sum, ms) => sum + ms, 0) / (began.at(-1)! - began[0]!);
  assert.ok(Math.abs(cost.cpuShare! - share) < 0.0001, `${cost.cpuShare} is not ${share}`);
  assert.equal(cost.shellPeakKb, Math.max(...values('shell_peak_kb')));
});

test('what the collector did not say is not said, and probes that stalled are', async (t) => {
  const { file } = await importedCase(t, [join(projectRoot, 'samples/worker-exhaustion')]);
  const { quality } = await analyse(file.connection, { lastackVersion });
  assert.equal(quality.collectors.length, 1);
  assert.equal(quality.collectors[0]?.cpuMs, null);
  assert.equal(quality.collectors[0]?.cpuShare, null);
  assert.ok(quality.collectors[0].wallMs!.median > 0);
  assert.deepEqual(
    quality.stalls.map(({ source, samples, of }) => ({ source, samples, of })),
    [{ source: 'apache-status', samples: 12, of: 50 }],
  );
});
