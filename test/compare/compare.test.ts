import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { judgeComparability } from '../../src/analysis/comparison/comparability.ts';
import { compareRuns } from '../../src/analysis/comparison/compare.ts';
import { readSide, type SideData } from '../../src/analysis/comparison/read-side.ts';
import { loadLibrary } from '../../src/analysis/library.ts';
import { findCaptures } from '../../src/capture/find.ts';
import { renderComparisonHtml } from '../../src/report/comparison/render-html.ts';
import { renderComparisonMarkdown } from '../../src/report/comparison/render-markdown.ts';
import { renderJson } from '../../src/report/render-json.ts';
import { tableSources } from '../queries/small-case.ts';
import { importAgain, importedCase } from '../support/cases.ts';
import { assertMatchesSchema, schemaValidator } from '../support/json-schema.ts';
import { projectRoot } from '../support/project.ts';

const sample = (name: string): string => join(projectRoot, 'samples', name);
const options = { lastackVersion: '0.0.0-test', tableSources };

describe('a longer accept queue', () => {
  it('is seen to help, and nothing else is called better or worse', async (t) => {
    const first = await importedCase(t, [sample('listen-overflow')], { run: 'short' });
    const { file } = await importAgain(t, first.path, await findCaptures([sample('listen-overflow-tuned')]), {
      run: 'long',
    });
    const expect = [{ metric: 'TcpExtListenOverflows', expected: 'down' as const }];
    const document = await compareRuns(
      file.connection,
      { runs: ['short'] },
      { runs: ['long'] },
      { ...options, expect },
    );
    const told = document.metrics.filter(({ verdict }) => verdict === 'better' || verdict === 'worse');
    assert.deepEqual(told.map(({ metric, verdict }) => `${metric} ${verdict}`).toSorted(), [
      'TcpExtListenDrops better',
      'TcpExtListenOverflows better',
    ]);
    for (const metric of told) assert.deepEqual(metric.movedBy, ['ListenBacklog']);
    assert.ok(document.findings.resolved.some(({ id }) => id === 'accept-queue-overflow'));
    assert.deepEqual(
      document.settings.map(({ key, before, after }) => [key, before, after]),
      [['ListenBacklog', '5', '1024']],
    );
    assert.equal(document.hypotheses[0]?.answer, 'confirmed');
    assert.equal(document.hypotheses[0]?.from, 'asked');
    assert.equal(document.verdict.overall, 'better');
    everyNumber(document);
    const json = renderJson(document);
    assertMatchesSchema(schemaValidator('comparison'), json);
    const html = await renderComparisonHtml(document);
    assert.match(html, /<h1>Better: /);
    assert.doesNotMatch(html.replace(/<script>[\s\S]*?<\/script>/g, ''), /NaN|Infinity|undefined/);
    assert.match(renderComparisonMarkdown(document), /^# Better: /);

    const side = await readSide(file.connection, await loadLibrary(), { runs: ['short'] }, options);
    assert.ok(judgeComparability([side, side]).every(({ ok }) => ok));
    refuses([side, busier(side)], 'Incoming connections', 'not-per-load');
    refuses(
      [side, { ...side, facts: side.facts.map((fact) => ({ ...fact, end: later(fact.start, 60) })) }],
      'Duration',
      'all',
    );
    refuses([side, { ...side, facts: side.facts.map((fact) => ({ ...fact, boots: 2 })) }], 'Boots within a run', 'all');
    refuses([side, without(side, 'proc-net-counters')], 'Source proc-net-counters', 'none');
  });
});

function refuses(sides: readonly [SideData, SideData], aspect: string, what: string): void {
  const found = judgeComparability(sides).find((one) => one.aspect === aspect);
  assert.equal(found?.ok === false || what === 'all', true, aspect);
  assert.equal(found?.refuses, what, aspect);
  assert.ok(found?.note, aspect);
}

function busier(side: SideData): SideData {
  const series = side.series.map((one) =>
    one.metric === 'TcpPassiveOpens' ? { ...one, value: one.value.map((value) => 3 * value) } : one,
  );
  return { ...side, series };
}

function without(side: SideData, source: string): SideData {
  const coverage = side.postmortem.coverage.filter((one) => one.source !== source);
  assert.notEqual(coverage.length, side.postmortem.coverage.length, `no source ${source}`);
  return { ...side, postmortem: { ...side.postmortem, coverage } };
}

function later(instant: string, seconds: number): string {
  return new Date(Date.parse(instant) + seconds * 1000).toISOString();
}

function everyNumber(value: unknown, path = ''): void {
  if (typeof value === 'number') assert.ok(Number.isFinite(value), path);
  else if (typeof value === 'object' && value !== null)
    for (const [key, item] of Object.entries(value)) everyNumber(item, `${path}/${key}`);
}
