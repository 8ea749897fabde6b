import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { anchors } from '../../src/analysis/comparison/align.ts';
import { compareSettings } from '../../src/analysis/comparison/changes.ts';
import { judgeComparability } from '../../src/analysis/comparison/comparability.ts';
import {
  answerHypotheses,
  type Expectation,
  effectsOf,
  readExpectedEffects,
} from '../../src/analysis/comparison/hypotheses.ts';
import { judgeSeries } from '../../src/analysis/comparison/judge-series.ts';
import { callMetrics, judgeMetrics } from '../../src/analysis/comparison/metrics.ts';
import { pairSeries } from '../../src/analysis/comparison/pair-series.ts';
import type { SideData } from '../../src/analysis/comparison/read-side.ts';
import type { RunSeries } from '../../src/analysis/comparison/side-series.ts';
import { writeComparisonVerdict } from '../../src/analysis/comparison/verdict.ts';
import type { Aspect, ComparedMetric } from '../../src/analysis/comparison-document.ts';
import { loadLibrary } from '../../src/analysis/library.ts';
import { LEVEL } from '../../src/analysis/statistics/level.ts';
import { parseExpectations } from '../../src/cli/expectation.ts';
import { tempFolder } from '../support/archives.ts';
import { autoregressive, normals } from './series.ts';
import { sideOf } from './side.ts';

const library = await loadLibrary();
const OVERFLOWS = 'TcpExtListenOverflows';
const N = 120;
const flat = (value: number, n = N): number[] => Array.from({ length: n }, () => value);
const noise = (seed: number, middle: number): number[] => autoregressive(normals(seed), N, 0, middle);

function compared(sides: readonly [SideData, SideData]): { metrics: ComparedMetric[]; aspects: Aspect[] } {
  const anchored = anchors(sides, 'start', 0);
  assert.ok('runs' in anchored);
  const drafts = judgeMetrics(pairSeries(sides, library, anchored.runs), sides, library, 1);
  const aspects = judgeComparability(sides);
  return { metrics: callMetrics(drafts, aspects, library), aspects };
}

function of(metrics: readonly ComparedMetric[], name: string): ComparedMetric {
  const found = metrics.find(({ metric }) => metric === name);
  assert.ok(found !== undefined, name);
  for (const value of [found.before, found.after, found.difference, found.threshold, ...(found.interval ?? [])])
    assert.ok(Number.isFinite(value), `${name}: ${value}`);
  assert.ok(found.relative === null || Number.isFinite(found.relative));
  return found;
}

describe('zeros and constants', () => {
  const load = { TcpPassiveOpens: noise(1, 50) };
  const sides = (before: readonly number[], after: readonly number[]): readonly [SideData, SideData] => [
    sideOf({ samples: N, series: { ...load, [OVERFLOWS]: before } }),
    sideOf({ samples: N, series: { ...load, [OVERFLOWS]: after } }),
  ];
  // Ten episodes of two samples.
  const bursts = flat(0).map((_, i) => (i % 12 < 2 ? 40 : 0));

  it('both sides zero: unchanged, with no part of a percentage', () => {
    const metric = of(compared(sides(flat(0), flat(0))).metrics, OVERFLOWS);
    assert.deepEqual([metric.verdict, metric.relative, metric.difference], ['unchanged', null, 0]);
  });

  it('one side zero: better or worse by number of episodes, and new where it was zero before', () => {
    const better = of(compared(sides(bursts, flat(0))).metrics, OVERFLOWS);
    assert.deepEqual([better.verdict, better.relative, better.method], ['better', -1, 'episodes']);
    assert.ok(better.interval![0] < 0 && better.interval![1] < 0, String(better.interval));
    const worse = of(compared(sides(flat(0), bursts)).metrics, OVERFLOWS);
    assert.deepEqual([worse.verdict, worse.relative], ['worse', null]);
  });

  it('too few samples tell nothing, even where nothing varies', () => {
    const short = [10, 10].map((n) =>
      sideOf({ samples: n, series: { TcpPassiveOpens: flat(50, n), [OVERFLOWS]: flat(0, n) } }),
    );
    assert.equal(of(compared([short[0]!, short[1]!]).metrics, OVERFLOWS).verdict, 'inconclusive');
  });

  it('events of a run without a connection are no ratio: the rate is shown, and the load refuses a verdict', () => {
    const dead = sideOf({ samples: N, series: { TcpPassiveOpens: flat(0), [OVERFLOWS]: flat(0) } });
    const busy = sideOf({ samples: N, series: { ...load, [OVERFLOWS]: bursts } });
    const { metrics, aspects } = compared([dead, busy]);
    const metric = of(metrics, OVERFLOWS);
    assert.deepEqual([metric.unit, metric.per, metric.before, metric.verdict], ['/s', null, 0, 'inconclusive']);
    assert.equal(metric.after, 40 / 6);
    assert.equal(metric.note, 'not comparable: one side has no load');
    assert.equal(aspects[0]?.refuses, 'not-per-load');
  });

  it('what was zero before is large by what it became, not without end', () => {
    const spurious = (value: readonly number[]): SideData =>
      sideOf({ samples: N, series: { ...load, TcpExtTCPSpuriousRTOs: value } });
    const metric = of(compared([spurious(flat(0)), spurious(bursts)]).metrics, 'TcpExtTCPSpuriousRTOs');
    assert.equal(metric.threshold, metric.after / 10);
  });

  it('growth that never varies is called; a state that never varies is a candidate, for it may be one that lasted', () => {
    const even = (requests: number, idle: number): SideData =>
      sideOf({
        samples: N,
        series: { ...load, TcpExtTCPTimeouts: flat(requests), TcpOutSegs: flat(1000), workers_use: flat(idle) },
      });
    const { metrics } = compared([even(100, 0.2), even(300, 0.4)]);
    const timeouts = of(metrics, 'TcpExtTCPTimeouts');
    assert.deepEqual(
      [timeouts.verdict, timeouts.method, timeouts.before, timeouts.after],
      ['worse', 'constant', 100, 300],
    );
    assert.ok(timeouts.p! < 0.001);
    const workers = of(metrics, 'workers_use');
    assert.deepEqual([workers.verdict, workers.p], ['candidate', null]);
    assert.match(workers.note ?? '', /one state on each side/);
    const same = of(compared([even(100, 0.2), even(100, 0.2)]).metrics, 'workers_use');
    assert.deepEqual([same.verdict, same.p], ['unchanged', null]);
  });

  it('a share is the same where what it is a share of varies: all requests failed, then none', () => {
    const requests = noise(5, 50);
    const side = (share: number): SideData =>
      sideOf({ samples: N, series: { ...load, requests, request_error_ratio: flat(share) } });
    const metric = of(compared([side(1), side(0)]).metrics, 'request_error_ratio');
    assert.deepEqual([metric.verdict, metric.before, metric.after], ['better', 1, 0]);
  });

  it('runs that are all alike are unchanged, and four of a constant each can be told from four of another', () => {
    const runs = (value: number): readonly RunSeries[] =>
      [1, 2, 3, 4].map((run) => ({
        run: String(run),
        at: flat(0).map((_, i) => i),
        value: flat(value),
        exposure: null,
        load: null,
      }));
    const kind = { kind: 'gauge', seed: 1 } as const;
    assert.ok(judgeSeries(runs(5), runs(8), kind).p! < LEVEL);
    assert.equal(judgeSeries(runs(5).slice(2), runs(8), kind).p, null);
    // Varying within, the same level from run to run.
    const level = runs(0).map((run) => ({ ...run, value: run.value.map((_, i) => i % 2) }));
    const alike = judgeSeries(level, level, kind);
    assert.deepEqual([alike.p, alike.interval], [1, [0, 0]]);
  });

  it('more episodes with less in them are not called', () => {
    const many = flat(0).map((_, i) => (i % 6 === 0 ? 1 : 0));
    const one = flat(0).map((_, i) => (i > 40 && i < 80 ? 500 : 0));
    const metric = of(compared(sides(many, one)).metrics, OVERFLOWS);
    assert.deepEqual([metric.verdict, metric.p], ['inconclusive', null]);
    assert.deepEqual(metric.units, [20, 1]);
    assert.match(metric.note ?? '', /^the side with fewer episodes has more events$/);
  });
});

describe('what cannot be compared', () => {
  const verdictOf = (sides: readonly [SideData, SideData]): ReturnType<typeof writeComparisonVerdict> => {
    const { metrics, aspects } = compared(sides);
    return writeComparisonVerdict({
      metrics,
      comparability: aspects,
      findings: { resolved: [], appeared: [], persisting: [] },
      settings: [],
      oneSided: [],
    });
  };

  it('runs of a minute: nothing is called, and the sentence says why', () => {
    const n = 13;
    const short = (value: number): SideData =>
      sideOf({ samples: n, series: { TcpPassiveOpens: flat(50, n), workers_use: flat(value, n) } });
    const verdict = verdictOf([short(0.1), short(0.9)]);
    assert.equal(verdict.overall, 'not-comparable');
    assert.match(verdict.sentence, /^These two cannot be compared: too short: /);
  });

  it('a host that had other work besides: told, above one a processor', () => {
    const side = (load1: number): SideData => sideOf({ samples: N, series: { load1: flat(load1) } });
    const isOk = (before: number, after: number): boolean =>
      judgeComparability([side(before), side(after)]).find(({ aspect }) => aspect === 'Load average')!.ok;
    assert.deepEqual([isOk(5.5, 10.5), isOk(0.2, 1.9), isOk(5.5, 6.5)], [false, true, true]);
  });

  it('a boot in the middle: nothing is called, and the sentence says on which side', () => {
    const steady = sideOf({ samples: N, series: { TcpPassiveOpens: noise(1, 50), workers_use: noise(2, 30) } });
    const booted = { ...steady, facts: steady.facts.map((fact) => ({ ...fact, boots: 2 })) };
    const other = sideOf({ samples: N, series: { TcpPassiveOpens: noise(3, 50), workers_use: noise(4, 90) } });
    assert.equal(of(compared([steady, other]).metrics, 'workers_use').verdict, 'worse');
    assert.equal(of(compared([booted, other]).metrics, 'workers_use').verdict, 'inconclusive');
    assert.match(
      verdictOf([booted, other]).sentence,
      /cannot be compared: the host booted anew in the middle of "before"/,
    );
  });
});

describe('what was expected', () => {
  const effects = readExpectedEffects();
  const backlog = (value: string): SideData =>
    sideOf({
      samples: N,
      series: { TcpPassiveOpens: noise(1, 50), [OVERFLOWS]: flat(0) },
      settings: [{ host: 'www1', kind: 'apache', key: 'ListenBacklog', value }],
    });

  it('is offered by a changed setting, the other way round when it was lowered', () => {
    const ways = (before: string, after: string): string[] => {
      const sides = [backlog(before), backlog(after)] as const;
      const settings = compareSettings(sides, (key) => effectsOf(effects, key).map(({ metric }) => metric));
      return answerHypotheses([], settings, effects, { ...compared(sides), oneSided: [] }).map(
        ({ metric, expected, from, setting }) => `${from} ${setting} ${metric} ${expected}`,
      );
    };
    assert.deepEqual(ways('5', '1024'), [
      `setting ListenBacklog ${OVERFLOWS} down`,
      'setting ListenBacklog TcpExtListenDrops down',
      'setting ListenBacklog listener_limit up',
    ]);
    assert.equal(ways('1024', '5')[0], `setting ListenBacklog ${OVERFLOWS} up`);
    assert.deepEqual(ways('5', '5'), []);
  });

  it('is answered: confirmed, contradicted, not shown where there was nothing to go down, not recorded', () => {
    const { metrics } = compared([backlog('5'), backlog('5')]);
    const answers = (asked: Expectation[]): string[] =>
      answerHypotheses(asked, [], effects, { metrics, oneSided: [] }).map(({ answer }) => answer);
    assert.deepEqual(
      answers([
        { metric: OVERFLOWS, expected: 'unchanged' },
        { metric: OVERFLOWS, expected: 'up' },
        { metric: OVERFLOWS, expected: 'down' },
        { metric: 'conntrack_drop', expected: 'down' },
      ]),
      ['confirmed', 'contradicted', 'not-shown', 'not-recorded'],
    );
  });

  it('may stand in a file, one a line, whatever its name; a bad line is shown', async (t) => {
    const folder = await tempFolder(t);
    const file = join(folder, 'what we expect.txt');
    writeFileSync(file, `# after the change\r\n\r\n${OVERFLOWS} down\r\nworkers_use   unchanged\n`);
    assert.deepEqual(parseExpectations(file, [{ metric: 'requests', expected: 'up' }]), [
      { metric: 'requests', expected: 'up' },
      { metric: OVERFLOWS, expected: 'down' },
      { metric: 'workers_use', expected: 'unchanged' },
    ]);
    writeFileSync(file, `${OVERFLOWS} sideways\n`);
    assert.throws(() => parseExpectations(file), /"TcpExtListenOverflows sideways": expected a metric and/);
    const empty = join(folder, 'a-folder');
    mkdirSync(empty);
    assert.throws(() => parseExpectations(empty), /expected a metric and/);
  });
});
