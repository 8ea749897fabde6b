import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { WhoGroup } from '../../src/analysis/document.ts';
import { duration, number, quantity } from '../../src/base/quantity.ts';
import { hostClocks } from '../../src/report/text/host-clock.ts';
import { offset, timeSpan } from '../../src/report/text/time.ts';
import { cut, visible, visibleBeginning } from '../../src/report/text/visible.ts';
import { clockTicks, onsetTicks } from '../../src/report/timeline/axis.ts';
import { gapsOf } from '../../src/report/timeline/gaps.ts';
import { placeLabel } from '../../src/report/timeline/label.ts';
import { thin } from '../../src/report/timeline/thin.ts';
import { whoValues } from '../../src/report/timeline/who-values.ts';

describe('words of the report', () => {
  it('writes out what shows nothing', () => {
    assert.equal(visible('a\u202eb\u0000c\u200dd\ud800e'), 'a\\u{202e}b\\u{0}c\\u{200d}d\\u{d800}e');
    assert.equal(visible('tab\tand\nline, ünïcode 漢字 🙂'), 'tab\tand\nline, ünïcode 漢字 🙂');
  });

  it('cuts what is too long, between characters, and says so', () => {
    assert.equal(cut('abc', 3), 'abc');
    assert.equal(cut('abcdef', 3), 'abc… (3 more characters)');
    assert.equal(cut('ab🙂cd', 3), 'ab… (4 more characters)');
  });

  it('writes out and cuts in one, counting what is left out of the text itself', () => {
    assert.equal(visibleBeginning('ab\u202ecd', 20), 'ab\\u{202e}cd');
    assert.equal(visibleBeginning('ab\u202ecd', 9), 'ab… (3 more characters)');
    assert.equal(visibleBeginning('\u0000'.repeat(1000), 20), `${'\\u{0}'.repeat(4)}… (996 more characters)`);
    assert.equal(visibleBeginning('abc', 3), 'abc');
    assert.equal(visibleBeginning('ab🙂cd', 3), 'ab… (4 more characters)');
  });

  it('says numbers with their units', () => {
    const said = [
      number(8578),
      number(28.43),
      number(0.0305),
      quantity(20.0218, 's'),
      quantity(0.0305, 's'),
      quantity(189.44, '/s'),
      quantity(0.0081, 'ratio'),
      quantity(3.3641, 'ratio'),
      quantity(66, 'sockets'),
      quantity(1_500_000, 'bytes'),
    ];
    assert.deepEqual(said, [
      '8,578',
      '28.4',
      '0.031',
      '20.0 s',
      '30.5 ms',
      '189/s',
      '0.81 %',
      '3.36',
      '66',
      '1.43 MiB',
    ]);
  });

  it('says times', () => {
    assert.deepEqual(
      [duration(3.001), duration(79), duration(147), duration(7500), offset(-30)],
      ['3 s', '79 s', '2 min 27 s', '2 h 5 min', '−30 s'],
    );
    assert.equal(timeSpan('2026-01-02T23:59:00.000Z', '2026-01-03T00:01:00.000Z'), '23:59:00 – 3 Jan 2026 00:01:00');
  });
});

describe('the time axis', () => {
  const span = { from: Date.UTC(2026, 0, 2, 3, 4, 5), to: Date.UTC(2026, 0, 2, 3, 6, 35) };

  it('has ticks at round times', () => {
    assert.deepEqual(
      clockTicks(span, 5).map((tick) => tick.label),
      ['03:04:30', '03:05:00', '03:05:30', '03:06:00', '03:06:30'],
    );
    assert.deepEqual(
      onsetTicks(span, span.from + 40_000, 4).map((tick) => tick.label),
      ['0 s', '+60 s'],
    );
  });

  it('knows what no sample speaks for', () => {
    const at = [0, 10, 20, 50, 60, 70].map((seconds) => seconds * 1000);
    const known = at.map(() => 1);
    assert.deepEqual(gapsOf(at, known, { from: 0, to: 70_000 }), [{ from: 25_000, to: 45_000 }]);
    assert.deepEqual(gapsOf(at, [1, null, 1, 1, 1, 1], { from: 0, to: 70_000 }, 'after')[0], {
      from: 10_000,
      to: 20_000,
    });
    assert.deepEqual(gapsOf([], [], { from: 0, to: 9 }), [{ from: 0, to: 9 }]);
    assert.deepEqual(gapsOf([0, 10, 20], [1, 1, 1], { from: 0, to: 60 }), [{ from: 25, to: 60 }]);
  });

  it('keeps the peaks of what it thins out, and the same times for all parts', () => {
    const at = Array.from({ length: 8640 }, (_, i) => i * 1000);
    const one = { host: 'h', run: 'r', metric: 'm', dimension: '', kind: 'gauge', unit: '', baseline: 0, at } as const;
    const parts = [
      { ...one, value: at.map((_, i) => (i === 4321 ? 99 : 1)) },
      { ...one, value: at.map((_, i) => (i === 77 ? -5 : i === 5000 ? null : 1)) },
    ];
    const [first, second] = thin(parts, { from: 0, to: 8_640_000 }, 100);
    assert.ok(first!.at.length <= 400 && first!.at.length >= 100, String(first!.at.length));
    assert.deepEqual(first!.at, second!.at);
    assert.equal(Math.max(...first!.value.map(Number)), 99);
    assert.equal(Math.min(...second!.value.map(Number)), -5);
    assert.equal(thin(parts.slice(0, 1), { from: 0, to: 8_640_000 }, 5000)[0], parts[0]);
  });

  it('puts a label in its bar, beside it, or cuts it', () => {
    const whole = { from: 0, to: 100 };
    const place = (from: number, to: number, text: string): string => {
      const { inside, anchor, text: said } = placeLabel({ from, to, strong: '+1 s', text }, whole, 800);
      return `${inside ? 'inside' : `beside ${anchor}`}: ${said}`;
    };
    assert.equal(place(0, 60, 'short'), 'inside: short');
    assert.equal(place(10, 12, 'short'), 'beside start: short');
    assert.equal(place(98, 100, 'short'), 'beside end: ');
    assert.match(place(40, 100, 'x'.repeat(200)), /^inside: x{20,}…$/);
  });
});

describe('who in the page', () => {
  const group = (fold: 'mean' | 'sum', length: number): WhoGroup => {
    const value = Array.from({ length }, (_, i) => i % 2);
    const at = value.map((_, i) => i * 1000);
    const row = { name: 'a', kind: 'client', value, before: 0, during: 1, shareBefore: null, shareDuring: 1 } as const;
    const others = { names: 2, value };
    return {
      host: 'h',
      run: 'r',
      of: 'requests',
      by: 'peer',
      title: 't',
      unit: 'requests',
      fold,
      at,
      rows: [row],
      others,
    };
  };

  it('joins the moments of long recordings, and keeps sums and means', () => {
    const summed = whoValues(group('sum', 720), 6);
    assert.equal(summed.at.length, 360);
    assert.deepEqual([summed.at[1], summed.rows[0]![1], summed.total[1]], [2000, 1, 2]);
    assert.equal(whoValues(group('mean', 720), 6).total[1], 1);
    assert.equal(whoValues(group('mean', 50), 6).at.length, 50);
    assert.deepEqual(whoValues(group('sum', 0), 6), { at: [], rows: [[]], total: [] });
  });
});

describe('the clock of a host', () => {
  const host = {
    name: 'web1',
    kernel: null,
    os: null,
    cpus: null,
    zone: 'CET',
    zoneId: 'Europe/Berlin',
    zoneOffsetMin: 60,
    collector: null,
  };
  const recorded = { start: '2026-11-22T23:19:01.000Z', end: '2026-11-22T23:21:28.000Z' };

  it('is told beside UTC, by the name the host uses', () => {
    const [clock] = hostClocks({ hosts: [host], recorded });
    assert.equal(clock?.name, 'CET (UTC+01:00)');
    assert.equal(clock.span(recorded.start, recorded.end), '00:19:01 – 00:21:28');
  });

  it('follows a change of the clocks within a recording', () => {
    const autumn = { start: '2026-10-25T00:30:00.000Z', end: '2026-10-25T01:30:00.000Z' };
    const [clock] = hostClocks({ hosts: [host], recorded: autumn });
    assert.equal(clock?.name, 'UTC+02:00 and UTC+01:00');
    assert.equal(clock.span(autumn.start, autumn.end), '02:30:00 – 02:30:00');
  });

  it('is the distance where the zone has no name, and nothing where it shows UTC', () => {
    const bare = { ...host, zone: '+05:30', zoneId: null, zoneOffsetMin: 330 };
    const [clock] = hostClocks({ hosts: [bare], recorded });
    assert.equal(clock?.name, 'UTC+05:30');
    assert.deepEqual(
      hostClocks({ hosts: [{ ...host, zone: 'UTC', zoneId: 'Etc/UTC', zoneOffsetMin: 0 }], recorded }),
      [],
    );
    assert.deepEqual(hostClocks({ hosts: [{ ...host, zone: null, zoneId: null, zoneOffsetMin: null }], recorded }), []);
  });
});
