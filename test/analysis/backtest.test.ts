import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { backtest } from '../../src/analysis/backtest.ts';
import { tableSources } from '../queries/small-case.ts';
import { importedCase } from '../support/cases.ts';
import { projectRoot } from '../support/project.ts';

const OPTIONS = { lastackVersion: '0.0.0-test', tableSources, windowS: 120 };

test('a replay knows a cause after it began, and not before the evidence was there', async (t) => {
  const { file } = await importedCase(t, [join(projectRoot, 'samples/worker-exhaustion')]);
  const { moments, findings } = await backtest(file.connection, { ...OPTIONS, stepS: 25 });
  assert.ok(moments >= 5);
  const cause = findings.find(({ id }) => id === 'backend-timeout')!;
  // Apache says so when its ProxyTimeout of 20 s is over.
  assert.ok(cause.delayS >= 20 && cause.delayS < 60, `known after ${cause.delayS} s`);
  assert.equal(cause.asCause, cause.moments);
  for (const { onset, firstKnown, lastKnown } of findings) assert.ok(onset <= firstKnown && firstKnown <= lastKnown);
});

test('a replay of a quiet recording raises no alarm at any moment', async (t) => {
  const { file } = await importedCase(t, [join(projectRoot, 'samples/quiet')]);
  const { findings } = await backtest(file.connection, { ...OPTIONS, windowS: 60, stepS: 45 });
  assert.deepEqual(
    findings.filter(({ severity }) => severity !== 'info'),
    [],
  );
});
