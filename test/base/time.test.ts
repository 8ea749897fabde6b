import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ascii } from '../../src/base/bytes.ts';
import { clockAt, DAY_US, epochDay, fractionUs, monthAt, zoneMinutes } from '../../src/base/time.ts';

const zone = (text: string): number => zoneMinutes(ascii(text), 0, text.length);
const clock = (text: string): number => clockAt(ascii(text), 0, text.length);

describe('time helpers', () => {
  it('counts days as the platform does, over every day of four centuries', () => {
    for (let day = 0; day < 150_000; day++) {
      const date = new Date(day * 86_400_000);
      assert.equal(epochDay(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()), day);
    }
  });

  it('knows no such days', () => {
    for (const [year, month, day] of [
      [2026, 2, 29],
      [2100, 2, 29],
      [2026, 13, 1],
      [2026, 0, 1],
      [2026, 4, 31],
      [2026, 1, 0],
      [1969, 12, 31],
      [10_000, 1, 1],
      [Number.NaN, 1, 1],
    ] as const) {
      assert.ok(Number.isNaN(epochDay(year, month, day)), `${year}-${month}-${day}`);
    }
  });

  it('reads months by their English names', () => {
    assert.equal(monthAt(ascii('Jan'), 0), 1);
    assert.equal(monthAt(ascii('..DECEMBER'), 2), 12);
    assert.equal(monthAt(ascii('Mai'), 0), 0);
    assert.equal(monthAt(ascii('Ja'), 0), 0);
  });

  it('reads zones', () => {
    assert.equal(zone('+0000'), 0);
    assert.equal(zone('-0330'), -210);
    assert.equal(zone('+05:45'), 345);
    assert.equal(zone('+02'), 120);
    assert.equal(zone('Z'), 0);
    for (const text of ['', '0000', '+1', '+1600', '+0060', '+ab00', '+05-45', 'UTC']) {
      assert.ok(Number.isNaN(zone(text)), text);
    }
  });

  it('reads times of day, with a leap second', () => {
    assert.equal(clock('00:00:00'), 0);
    assert.equal(clock('23:59:60'), DAY_US);
    for (const text of ['24:00:00', '12:60:00', '12:00:61', '12.00.00', '1:00:00', '12:00']) {
      assert.ok(Number.isNaN(clock(text)), text);
    }
  });

  it('reads decimals as microseconds, cutting off what is finer', () => {
    assert.equal(fractionUs(ascii('5'), 0, 1), 500_000);
    assert.equal(fractionUs(ascii('905889'), 0, 6), 905_889);
    assert.equal(fractionUs(ascii('1234567'), 0, 7), 123_456);
    assert.ok(Number.isNaN(fractionUs(ascii('1x'), 0, 2)));
  });
});
