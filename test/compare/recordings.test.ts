import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';
import type { Comparison } from '../../src/analysis/comparison-document.ts';
import { tempFolder } from '../support/archives.ts';
import { caseOf, compareIn, cutRuns, halvesOf, summarise } from './recorded.ts';

/** Share of the metrics that may be called better, worse or changed where nothing was done. */
const MOST = 0.05;

// Ten minutes each of the same visitors, recorded by `record.ts`, two seeds at the same time; all are runs of one case.
it('recordings without a difference', async (t) => {
  const file = await caseOf(join(await tempFolder(t), 'case.duckdb'), ['steady-1', 'steady-2', 'idle-1']);
  t.after(() => file.close());

  await t.test('two seeds: hardly anything is called, most is known to be unchanged', async () => {
    const { metrics, verdict } = await compareIn(file, { runs: ['steady-1'] }, { runs: ['steady-2'] });
    nothingWrong(metrics);
    assert.equal(verdict.overall, 'unchanged');
    assert.ok(metrics.filter((one) => one.verdict === 'unchanged').length > metrics.length / 2);
  });

  await t.test('halves of a quiet run', async () => {
    const { metrics } = await compareIn(file, ...(await halvesOf(file, 'idle-1')));
    nothingWrong(metrics);
  });

  await t.test('another load is refused, and what is not per unit of load is not called', async () => {
    const { comparability, metrics } = await compareIn(file, { runs: ['idle-1'] }, { runs: ['steady-1'] });
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
    await cutRuns(file, 4);
    const [before, after] = [0, 1].map((side) =>
      [1, 2, 3, 4].map((part) => `steady-${1 + (((part >> 1) + side) % 2)} ${part}`),
    );
    const { metrics, runs, method } = await compareIn(file, { runs: before! }, { runs: after! });
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
  const { called, primaryCalled } = summarise('', { metrics });
  assert.ok(called.length <= MOST * metrics.length, called.join(', '));
  assert.equal(primaryCalled, 0, called.join(', '));
  assert.ok(metrics.filter(({ p }) => p !== null).length >= 40, 'enough was tested for something to be called');
}
