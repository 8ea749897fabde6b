import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { analyse } from '../../src/analysis/analyse.ts';
import type { Postmortem } from '../../src/analysis/document.ts';
import { loadLibrary } from '../../src/analysis/library.ts';
import { smallCase, tableSources } from '../queries/small-case.ts';

const library = await loadLibrary();
const OVERFLOW = 'findings/accept-queue-overflow/hit/input.sql';

async function analysed(t: TestContext, inputs: readonly string[], changes: readonly string[]): Promise<Postmortem> {
  const connection = await smallCase(t, 'quiet.sql', ...inputs);
  for (const change of changes) await connection.run(change);
  return analyse(connection, { lastackVersion: '0.0.0-test', library, tableSources });
}

/** Statements that stretch all times of the case: samples five seconds apart become `5 × times` seconds apart. */
function stretch(times: number): readonly string[] {
  const begin = "timestamp '2026-01-05 12:00:00'";
  const tables = ['capture', 'coverage', 'socket', 'counter', 'conntrack_fill', 'conntrack_stat', 'apache_status'];
  return [...tables, 'access_log', 'error_log', 'interface', 'softnet', 'process', 'memory'].map(
    (table) =>
      `update ${table} set ts = ${begin} + to_microseconds(((epoch_us(ts) - epoch_us(${begin})) * ${times})::bigint)`,
  );
}

const grave = (document: Postmortem): string[] =>
  document.findings.filter((finding) => finding.severity !== 'info').map((finding) => `${finding.host} ${finding.id}`);

describe('honest baselines', () => {
  it('says that a recording begins in the middle of it, and is less sure', async (t) => {
    const whole = await analysed(t, [OVERFLOW], []);
    const cut = await analysed(t, [OVERFLOW], ['delete from capture where capture_id < 11']);
    assert.equal(whole.window?.beginsBeforeRecording, false);
    assert.equal(cut.window?.beginsBeforeRecording, true);
    assert.equal(cut.findings[0]?.id, 'accept-queue-overflow');
    assert.notEqual(cut.verdict.confidence, 'high');
    assert.match(cut.verdict.limits.join(' '), /begins in the middle/);
  });

  it('takes no reset of counters, no boot and no gap for an incident', async (t) => {
    const reset = 'update counter set value = value / 1000 where capture_id >= 12';
    assert.deepEqual(grave(await analysed(t, [], [reset])), []);
    const booted = await analysed(t, [], [reset, "update capture set boot_id = 'later' where capture_id >= 12"]);
    assert.deepEqual(grave(booted), []);
    const gap = await analysed(t, [], ['delete from capture where capture_id between 8 and 14']);
    assert.deepEqual(grave(gap), []);
    assert.equal(gap.quality.gaps.length, 1);
  });

  it('blames the host it happened on', async (t) => {
    const document = await analysed(t, ['document/second-host.sql', OVERFLOW], []);
    assert.equal(document.verdict.host, 'h');
    assert.deepEqual(
      grave(document).filter((item) => item.startsWith('h2 ')),
      [],
    );
  });

  for (const seconds of [1, 60, 300]) {
    it(`finds the same with samples ${seconds} s apart, and nothing where nothing is`, async (t) => {
      const quiet = await analysed(t, [], stretch(seconds / 5));
      assert.deepEqual(grave(quiet), []);
      const document = await analysed(t, [OVERFLOW], stretch(seconds / 5));
      assert.equal(document.verdict.rootCause, 'accept-queue-overflow', document.verdict.sentence);
      const begin = Date.parse('2026-01-05T12:00:00Z') + 10 * seconds * 1000;
      assert.ok(Math.abs(Date.parse(document.findings[0]!.onset) - begin) <= seconds * 1000);
    });
  }
});
