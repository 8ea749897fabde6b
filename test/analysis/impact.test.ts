import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { analyse } from '../../src/analysis/analyse.ts';
import { importedCase } from '../support/cases.ts';
import { projectRoot } from '../support/project.ts';

test('the first numbers say how many requests failed, and for how long connections were dropped', async (t) => {
  const read = await importedCase(t, [join(projectRoot, 'samples/worker-exhaustion')]);
  const { verdict, findings } = await analyse(read.file.connection, { lastackVersion: '0.0.0-test' });
  const serious = findings.filter(({ severity, role }) => severity !== 'info' && role !== 'context');
  const onset = serious.map((one) => one.onset).sort()[0]!;
  const last = serious
    .map(({ end }) => end ?? '2100-01-01T00:00:00Z')
    .sort()
    .at(-1)!;
  const [counted] = await read.query(
    `select count(*) filter (status >= 500)::integer as failed, count(*)::integer as answered from access_log
     where ts between timestamp '${onset.slice(0, -1)}' - interval 6 seconds and timestamp '${last.slice(0, -1)}' + interval 6 seconds`,
  );
  const [failed, dropped] = verdict.numbers;
  assert.equal(failed?.value, `${Number(counted?.['failed'])} requests`);
  assert.match(failed.label, /^Answered 5xx, of [\d,]+ requests during the incident$/);
  const answered = Number(/of ([\d,]+) requests/.exec(failed.label)![1]!.replaceAll(',', ''));
  assert.ok(answered <= Number(counted?.['answered']) && answered > Number(counted?.['answered']) * 0.8, `${answered}`);
  assert.match(dropped?.value ?? '', /^\d+ s$/);
  assert.match(dropped?.label ?? '', /^In which a listener dropped connections, of \d+ s$/);
});

test('nothing is said to have failed where nothing did', async (t) => {
  const { file } = await importedCase(t, [join(projectRoot, 'samples/quiet')]);
  const { verdict } = await analyse(file.connection, { lastackVersion: '0.0.0-test' });
  assert.deepEqual(verdict.numbers, []);
});
