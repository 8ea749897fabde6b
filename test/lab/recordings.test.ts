import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { judge } from '../../src/analysis/verdict.ts';
import { findCaptures } from '../../src/capture/find.ts';
import { importCaptures } from '../../src/ingest/import.ts';
import { loadSources } from '../../src/ingest/load-sources.ts';
import { readersFor } from '../../src/ingest/readers.ts';
import { importedCase } from '../support/cases.ts';
import { judgeRuns } from '../support/judge-runs.ts';
import { projectRoot } from '../support/project.ts';
import { check } from './check.ts';
import type { Truth } from './record.ts';

const FOLDER = join(projectRoot, 'test/incidents/lab');

// Each is one small recording of an incident of the lab; all are runs of one case.
it('recordings of the lab: the cause is named, in time, and nothing wrong beside it', async (t) => {
  const names = readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort();
  const archive = (name: string): string => join(FOLDER, `${name}.tar.xz`);
  const opened = await importedCase(t, [archive(names[0]!)], { run: names[0]! });
  const { file } = opened;
  const sources = await loadSources();
  for (const run of names.slice(1))
    await importCaptures(file, sources, await findCaptures([archive(run)]), readersFor(1), { run });
  const samples = new Map(
    (await opened.query('select run, count(*) as samples from capture group by run')).map((row) => [
      String(row['run']),
      Number(row['samples']),
    ]),
  );
  const runs = await judgeRuns(file.connection);
  assert.deepEqual(runs.unchecked, [], 'the collector records all that the findings ask for');
  for (const name of names) {
    await t.test(name, () => {
      const truth = JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as Truth;
      const { root, ordered } = judge(runs.of(name));
      const { rightCause, onsetIntervals, wrong, missing, passed } = check(truth, {
        rootCause: root?.finding.id ?? null,
        findings: ordered.map((item) => item.finding),
        samples: samples.get(name) ?? 0,
      });
      assert.ok(passed, JSON.stringify({ root: root?.finding.id, rightCause, onsetIntervals, wrong, missing }));
    });
  }
});
