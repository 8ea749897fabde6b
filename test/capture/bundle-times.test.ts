import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixedZone } from '../../src/base/zone.ts';
import { parseTime, toUtcUs } from '../../src/capture/bundles/local-time.ts';
import { lastLogTime } from '../../src/capture/bundles/log-time.ts';
import { timeInPath } from '../../src/capture/bundles/name-time.ts';

function utc(text: string, east = 0): string | null {
  const time = parseTime(text);
  return time === null ? null : new Date(toUtcUs(time, fixedZone(east)) / 1000).toISOString();
}

const TIMES: readonly (readonly [text: string, utc: string])[] = [
  ['Sun Nov 22 16:10:01 UTC 2026', '2026-11-22T16:10:01.000Z'],
  ['Sun Nov  1 16:10:01 CET 2026', '2026-11-01T15:10:01.000Z'],
  ['Sun Nov 22 04:10:01 PM UTC 2026', '2026-11-22T16:10:01.000Z'],
  ['Sun 22 Nov 2026 04:10:01 PM EST', '2026-11-22T21:10:01.000Z'],
  ['Sun 22 Nov 16:10:01 GMT 2026', '2026-11-22T16:10:01.000Z'],
  ['Sun, 22 Nov 2026 16:10:01 +0100', '2026-11-22T15:10:01.000Z'],
  ['2026-11-22T16:10:01+01:00', '2026-11-22T15:10:01.000Z'],
  ['2026-11-22 16:10:01.250', '2026-11-22T16:10:01.250Z'],
  ['2026-11-22T16:10Z', '2026-11-22T16:10:00.000Z'],
  ['1795363801', '2026-11-22T16:10:01.000Z'],
  ['TS 1341509673.000743075 2012-07-05 19:34:33', '2012-07-05T17:34:33.000Z'],
];

for (const [text, expected] of TIMES) {
  test(`a time: ${text}`, () => assert.equal(utc(text), expected));
}

test('the zone of the host counts where the text names none', () => {
  assert.equal(utc('2026-11-22 16:10:01', 60), '2026-11-22T15:10:01.000Z');
  assert.equal(utc('Sun Nov 22 16:10:01 IST 2026', 330), '2026-11-22T10:40:01.000Z', 'letters of several zones');
});

test('what is no time is none', () => {
  for (const text of [
    '',
    '12',
    '2026',
    '99999999999',
    '2026-13-01 00:00:00',
    '2026-02-30 00:00',
    'Sun Nov 31 16:10:01 UTC 2026',
    'tcp 0 0',
  ])
    assert.equal(parseTime(text), null, text);
});

test('pt-stalk tells the zone by its two times', () => {
  assert.equal(parseTime('TS 1341509673.000743075 2012-07-05 19:34:33')?.offsetMinutes, 120);
});

const NAMES: readonly (readonly [path: string, time: string | number | null])[] = [
  ['ss-20261122-1610.txt', '2026-11-22T16:10:00.000Z'],
  ['ss-2026-11-22T16:10.txt', '2026-11-22T16:10:00.000Z'],
  ['netstat_2026-11-22_16-10-31.log.gz', '2026-11-22T16:10:31.000Z'],
  ['run-20261122T161031Z/ss.txt', '2026-11-22T16:10:31.000Z'],
  ['ss-1795363801.txt', '2026-11-22T16:10:01.000Z'],
  ['2012_07_05_17_54_34-netstat', '2012-07-05T17:54:34.000Z'],
  ['ss-1610.txt', 16 * 60 + 10],
  ['ss-16:10:31', 16 * 60 + 10],
  ['ss-8080.txt', null],
  ['access.log-20261122', null],
  ['access.log.1', null],
  ['ss.txt', null],
];

for (const [path, expected] of NAMES) {
  test(`a name: ${path}`, () => {
    const named = timeInPath(path);
    if (named === null || typeof expected === 'number') {
      assert.deepEqual(named, expected === null ? null : { minuteOfDay: expected });
      return;
    }
    assert.ok('time' in named);
    assert.equal(new Date(named.time.localUs / 1000).toISOString(), expected);
  });
}

test('a log’s time is that of its last line that has one', () => {
  const at = (tail: string): string | null => {
    const time = lastLogTime(tail, Date.UTC(2026, 10, 23) * 1000);
    return time === null ? null : new Date(toUtcUs(time, fixedZone(0)) / 1000).toISOString();
  };
  assert.equal(at('a - - [22/Nov/2026:16:10:01 +0100] "GET / HTTP/1.1" 200 1\n'), '2026-11-22T15:10:01.000Z');
  assert.equal(at('[Sun Nov 22 16:10:01.123456 2026] [core:notice] x\nTraceback\n'), '2026-11-22T16:10:01.000Z');
  assert.equal(at('Nov 22 16:10:01 www1 kernel: x\n'), '2026-11-22T16:10:01.000Z');
  assert.equal(at('2026-11-22T16:10:01+01:00 www1 kernel: x\n'), '2026-11-22T15:10:01.000Z');
  assert.equal(at('[12345.678901] x\n'), null);
});
