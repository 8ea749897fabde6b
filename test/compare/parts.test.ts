import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { anchors } from '../../src/analysis/comparison/align.ts';
import { compareTalkers } from '../../src/analysis/comparison/changes.ts';
import { judgeComparability } from '../../src/analysis/comparison/comparability.ts';
import { cutSides } from '../../src/analysis/comparison/cut-sides.ts';
import type { SideData, SideTalker } from '../../src/analysis/comparison/read-side.ts';
import { timePairs } from '../../src/analysis/comparison/times.ts';
import { loadLibrary } from '../../src/analysis/library.ts';
import { bucketsOf, type SideParts, sideOf } from './side.ts';

const steps = (n: number, make: (i: number) => number): number[] => Array.from({ length: n }, (_, i) => make(i));

describe('what of a run is judged', () => {
  it('holds for quantiles of requests as for series: from the onset on', async () => {
    // Slow from the onset on, which is sooner on one side.
    const side = (slowFrom: number): SideData =>
      sideOf({ onsetS: slowFrom * 5, buckets: bucketsOf(steps(60, (i) => (i < slowFrom ? 0.01 : 1))) });
    const sides = [side(20), side(40)] as const;
    const library = await loadLibrary();
    const medians = (align: 'start' | 'onset'): number[] => {
      const anchored = anchors(sides, align, 10);
      assert.ok('runs' in anchored);
      const draft = timePairs(cutSides(sides, anchored.runs), library, 1).find(
        ({ pair }) => pair.comparison.quantile === 0.5 && pair.dimension === '',
      )!;
      return [draft.before, draft.after, ...draft.samples];
    };
    const [before, after] = medians('start');
    assert.ok(before! > 0.9 && after! < 0.02, `${before} ${after}`);
    const [slow, slower, ...requests] = medians('onset');
    assert.ok(slow! > 0.9 && slower! > 0.9, `${slow} ${slower}`);
    // Both for as long as the shorter one lasts: 20 buckets less the guard.
    assert.deepEqual(requests, [18 * 20, 18 * 20]);
  });
});

describe('alignment', () => {
  const HOUR_MS = 3_600_000;
  const NIGHT = Date.parse('2026-11-22T23:30:00Z');
  const hour = (startMs: number, more: Partial<SideParts> = {}): SideData =>
    sideOf({ startMs, samples: 721, series: { TcpPassiveOpens: steps(721, () => 10) }, ...more });
  const whyNot = (sides: readonly [SideData, SideData], align: 'clock' | 'onset'): string => {
    const anchored = anchors(sides, align, 10);
    assert.ok('why' in anchored);
    return anchored.why;
  };

  it('by clock takes the times of day that both have, past midnight too', () => {
    const sides = [hour(NIGHT), hour(NIGHT + 24 * HOUR_MS + 600_000)] as const;
    const anchored = anchors(sides, 'clock', 0);
    assert.ok('runs' in anchored);
    const [before, after] = cutSides(sides, anchored.runs);
    assert.deepEqual(
      [before, after].map(({ facts }) => [
        facts[0]!.start.slice(11, 16),
        facts[0]!.end.slice(11, 16),
        facts[0]!.samples,
      ]),
      [
        ['23:40', '00:30', 601],
        ['23:40', '00:30', 601],
      ],
    );
    assert.equal(before.series[0]!.value.length, 601);
    assert.equal(whyNot([hour(NIGHT), hour(NIGHT + 5 * HOUR_MS)], 'clock'), 'the runs have no time of day in common');
  });

  it('by onset names the run that has none, or that ends with it; what is left decides whether it is too short', () => {
    assert.equal(
      whyNot([hour(NIGHT, { run: 'a', onsetS: 60 }), hour(NIGHT, { run: 'b' })], 'onset'),
      'run "b" has no onset',
    );
    assert.match(
      whyNot([hour(NIGHT, { onsetS: 60 }), hour(NIGHT, { run: 'b', onsetS: 3595 })], 'onset'),
      /^run "b" ends within 10 s/,
    );
    const sides = [hour(NIGHT, { onsetS: 3540 }), hour(NIGHT, { onsetS: 3540 })] as const;
    const anchored = anchors(sides, 'onset', 10);
    assert.ok('runs' in anchored);
    const refuses = (of: readonly [SideData, SideData]): string | undefined =>
      judgeComparability(of).find(({ aspect }) => aspect === 'Duration')?.refuses;
    assert.deepEqual([refuses(sides), refuses(cutSides(sides, anchored.runs))], ['none', 'all']);
  });
});

describe('talkers', () => {
  const talker = (kind: SideTalker['kind'], name: string, share: number, total = 10_000): SideTalker => ({
    kind,
    name,
    share,
    total,
  });
  const compared = (before: SideTalker[], after: SideTalker[]): string[] =>
    compareTalkers([sideOf({ talkers: before }), sideOf({ talkers: after })]).map(
      ({ kind, name, change }) => `${kind} ${name} ${change}`,
    );

  it('of every kind are named when their share moved, the largest first', () => {
    assert.deepEqual(
      compared(
        [talker('client', 'a', 0.5), talker('client', 'b', 0.5), talker('url', '/x', 1), talker('listener', '*:80', 1)],
        [
          talker('client', 'a', 0.45),
          talker('client', 'b', 0.35),
          talker('client', 'c', 0.2),
          talker('url', '/x', 0.99),
          talker('url', '/y', 0.01),
          talker('listener', '*:80', 0.4),
          talker('listener', '*:443', 0.6),
        ],
      ),
      ['client c gained', 'client b lost', 'client a lost', 'listener *:443 gained', 'listener *:80 lost'],
    );
  });

  it('are not named for what chance moves, nor where a side does not know the kind', () => {
    assert.deepEqual(
      compared(
        [talker('client', 'a', 0.5, 60), talker('client', 'b', 0.5, 60), talker('virtual-host', 'one', 1)],
        [talker('client', 'a', 0.6, 60), talker('client', 'b', 0.4, 60)],
      ),
      [],
    );
  });
});
