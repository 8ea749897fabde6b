import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fixedZone, namedZone, type Zone } from '../../src/base/zone.ts';

const utc = (zone: Zone, local: string): string =>
  new Date(zone.toUtcUs(Date.parse(`${local}Z`) * 1000) / 1000).toISOString();

describe('zones', () => {
  it('a fixed zone shifts', () =>
    assert.equal(utc(fixedZone(-210), '2026-11-22T20:30:00'), '2026-11-23T00:00:00.000Z'));

  it('a named zone knows its summer time', () => {
    const berlin = namedZone('Europe/Berlin')!;
    assert.equal(utc(berlin, '2026-07-01T12:00:00.250'), '2026-07-01T10:00:00.250Z');
    assert.equal(utc(berlin, '2026-12-01T12:00:00'), '2026-12-01T11:00:00.000Z');
  });

  it('takes a time that came twice as the first, and one that never came as if the clock had not moved', () => {
    const berlin = namedZone('Europe/Berlin')!;
    assert.equal(utc(berlin, '2026-10-25T01:59:59'), '2026-10-24T23:59:59.000Z');
    assert.equal(utc(berlin, '2026-10-25T02:30:00'), '2026-10-25T00:30:00.000Z');
    assert.equal(utc(berlin, '2026-10-25T03:00:00'), '2026-10-25T02:00:00.000Z');
    assert.equal(utc(berlin, '2026-03-29T02:30:00'), '2026-03-29T01:30:00.000Z');
    assert.equal(utc(berlin, '2026-03-29T03:00:00'), '2026-03-29T01:00:00.000Z');
  });

  it('knows zones that are half an hour off, and none that do not exist', () => {
    assert.equal(utc(namedZone('Asia/Kolkata')!, '2026-11-22T05:30:00'), '2026-11-22T00:00:00.000Z');
    assert.equal(namedZone('Mars/Olympus'), null);
    assert.equal(namedZone(''), null);
  });

  it('has no answer to no time', () => assert.ok(Number.isNaN(namedZone('Europe/Berlin')!.toUtcUs(Number.NaN))));
});
