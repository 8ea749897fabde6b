import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';
import { compareRuns } from '../../src/analysis/comparison/compare.ts';
import type { SideChoice } from '../../src/analysis/comparison/read-side.ts';
import type { Comparison } from '../../src/analysis/comparison-document.ts';
import { findCaptures } from '../../src/capture/find.ts';
import { importCaptures } from '../../src/ingest/import.ts';
import { loadSources } from '../../src/ingest/load-sources.ts';
import { readersFor } from '../../src/ingest/readers.ts';
import { tableSources } from '../queries/small-case.ts';
import { importedCase } from '../support/cases.ts';
import { projectRoot } from '../support/project.ts';

const FOLDER = join(projectRoot, 'test/compare/recordings');
const NAMES = ['steady-1', 'steady-2', 'idle-1'];
/** Share of the metrics that may be called better, worse or changed where nothing was done. */
const MOST = 0.05;
const CALLED: readonly string[] = ['better', 'worse', 'changed'];

// Ten minutes each of the same visitors, recorded by `record.ts`, two seeds at the same time; all are runs of one case.
it('recordings without a difference', async (t) => {
  const archive = (name: string): string => join(FOLDER, `${name}.tar.xz`);
  const opened = await importedCase(t, [archive(NAMES[0]!)], { run: NAMES[0]! });
  const { file } = opened;
  const sources = await loadSources();
  for (const run of NAMES.slice(1))
    await importCaptures(file, sources, await findCaptures([archive(run)]), readersFor(1), { run });
  const compare = (before: SideChoice, after: SideChoice): Promise<Comparison> =>
    compareRuns(file.connection, before, after, { lastackVersion: '0.0.0-test', tableSources });

  await t.test('two seeds: hardly anything is called, most is known to be unchanged', async () => {
    const { metrics, verdict } = await compare({ runs: ['steady-1'] }, { runs: ['steady-2'] });
    nothingWrong(metrics);
    assert.equal(verdict.overall, 'unchanged');
    assert.ok(metrics.filter((one) => one.verdict === 'unchanged').length > metrics.length / 2);
  });

  await t.test('halves of a quiet run', async () => {
    const [row] = await opened.query("select median(epoch_ms(ts)) as middle from capture where run = 'idle-1'");
    const middle = new Date(Number(row!['middle'])).toISOString();
    const { metrics } = await compare({ runs: ['idle-1'], until: middle }, { runs: ['idle-1'], since: middle });
    nothingWrong(metrics);
  });

  await t.test('another load is refused, and what is not per unit of load is not called', async () => {
    const { comparability, metrics } = await compare({ runs: ['idle-1'] }, { runs: ['steady-1'] });
    const load = comparability.find(({ aspect }) => aspect === 'Requests')!;
    assert.equal(load.refuses, 'not-per-load');
    const workers = metrics.find(({ metric }) => metric === 'workers_use')!;
    assert.ok(workers.p! < 0.001, 'it would be called by the test alone');
    assert.equal(workers.verdict, 'inconclusive');
    assert.match(workers.note ?? '', /^not comparable: the load differs by \d+ %/);
    // The load itself is told, and so is that it went up.
    assert.equal(
      metrics.find(({ metric, dimension }) => metric === 'requests' && dimension === '')!.verdict,
      'changed',
    );
  });

  await t.test('eight short runs in turns, four a side', async () => {
    await file.connection.run(
      `update capture set run = run || ' ' || part::varchar
       from (select capture_id as id, ntile(4) over (partition by run order by ts) as part from capture) where capture_id = id`,
    );
    const [before, after] = [0, 1].map((side) =>
      [1, 2, 3, 4].map((part) => `steady-${1 + (((part >> 1) + side) % 2)} ${part}`),
    );
    const { metrics, runs, method } = await compare({ runs: before! }, { runs: after! });
    nothingWrong(metrics);
    assert.deepEqual(runs.map(({ run }) => run).toSorted(), [...before!, ...after!].toSorted());
    assert.deepEqual(
      runs.map(({ start }) => start),
      runs.map(({ start }) => start).toSorted(),
    );
    assert.equal(runs.filter(({ side }) => side === 'before').length, 4);
    // What users wait for and what was zero all along are both in the table, and known.
    for (const metric of ['request_p95', 'TcpExtListenOverflows']) {
      for (const run of runs) assert.notEqual(run.values.find((one) => one.metric === metric)?.value ?? null, null);
      assert.equal(metrics.find((one) => one.metric === metric)!.verdict, 'unchanged', metric);
    }
    assert.equal(method.limits.length, 1);
  });
});

function nothingWrong(metrics: Comparison['metrics']): void {
  const called = metrics.filter(({ verdict }) => CALLED.includes(verdict));
  const names = called.map(({ metric, dimension, verdict }) => `${metric} ${dimension} ${verdict}`).join(', ');
  assert.ok(called.length <= MOST * metrics.length, names);
  assert.deepEqual(
    called.filter(({ primary }) => primary),
    [],
  );
  assert.ok(metrics.filter(({ p }) => p !== null).length >= 40, 'enough was tested for something to be called');
}
