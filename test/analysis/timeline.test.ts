import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { analyse } from '../../src/analysis/analyse.ts';
import { loadLibrary } from '../../src/analysis/library.ts';
import type { TimelineEvent } from '../../src/analysis/timeline-event.ts';
import { smallCase, tableSources } from '../queries/small-case.ts';

const library = await loadLibrary();

describe('the course of events', () => {
  let events: readonly TimelineEvent[];
  let closeLater: (() => void) | undefined;

  before(async () => {
    const held: { after: (done: () => void) => void } = { after: (done) => void (closeLater = done) };
    const connection = await smallCase(held, 'quiet.sql', 'document/timeline.sql');
    events = (await analyse(connection, { lastackVersion: '0.0.0-test', library, tableSources })).timeline;
    closeLater?.();
  });

  const of = (kind: TimelineEvent['kind']): readonly TimelineEvent[] => events.filter((event) => event.kind === kind);

  it('is in order', () => {
    assert.deepEqual(
      events.map((event) => event.at),
      events.map((event) => event.at).toSorted(),
    );
  });

  it('tells a changed setting, and not what changes by itself', () => {
    assert.deepEqual(
      of('setting').map((event) => event.text),
      [
        'ProxyTimeout was changed from 20 to 5, after 12:00:00',
        'net.core.somaxconn was changed from 4096 to 128, after 12:00:00',
      ],
    );
  });

  it('tells restarts of Apache and of the host', () => {
    const texts = of('restart').map((event) => event.text);
    assert.ok(
      texts.some((text) => text.startsWith('AH00163')),
      texts.join('; '),
    );
    assert.ok(texts.includes('The host has booted anew (up for 3 seconds at 12:01:40)'), texts.join('; '));
    assert.equal(of('restart').find((event) => event.text.startsWith('The host'))?.at, '2026-01-05T12:01:37.000Z');
  });

  it('folds repeats, and says where the first one stands', () => {
    const [folded, ...more] = of('apache');
    assert.equal(more.length, 0);
    assert.equal(folded?.count, 40);
    assert.equal(folded?.capture, 'sample-24');
    assert.equal(folded?.member, 'logs/error/error.log');
    assert.equal(folded?.line, 100);
    assert.equal(folded?.end, '2026-01-05T12:01:29.000Z');
  });

  it('tells the first and the last failing request', () => {
    const requests = of('request');
    assert.match(
      requests.find((event) => event.line === 200 && event.count === 1)?.text ?? '',
      /^First request answered 503: GET /,
    );
    assert.match(requests.find((event) => event.line === 210)?.text ?? '', /^Last request answered 503: GET /);
    assert.ok(requests.some((event) => event.count === 11));
  });

  it('tells gaps, and what could not be read for a while', () => {
    const texts = of('coverage').map((event) => event.text);
    assert.ok(texts.includes('No sample for 20 seconds, 5 seconds are usual'), texts.join('; '));
    assert.ok(texts.includes('Could not be read: conntrack (failed)'), texts.join('; '));
  });

  it('counts what it has no room for, by kind', async (t) => {
    const connection = await smallCase(t, 'quiet.sql', 'document/timeline.sql');
    const parameters = { 'timeline.events': 6, 'timeline.episodes': 1 };
    const short = await analyse(connection, { lastackVersion: '0.0.0-test', library, tableSources, parameters });
    const kept = short.timeline.filter((event) => event.kind !== 'finding');
    const all = events.filter((event) => event.kind !== 'finding');
    assert.ok(kept.length < all.length, `${kept.length} of ${all.length}`);
    const count = (list: readonly TimelineEvent[], kind: string): number =>
      list.filter((event) => event.kind === kind).length;
    const leftOut = new Map<string, number>();
    for (const { kind, entries } of short.timelineLeftOut) leftOut.set(kind, (leftOut.get(kind) ?? 0) + entries);
    for (const kind of new Set(all.map((event) => event.kind)))
      assert.equal(count(kept, kind) + (leftOut.get(kind) ?? 0), count(all, kind), kind);
    assert.ok(short.timelineLeftOut.every(({ from, to }) => from !== '' && to >= from));
  });

  it('leaves nothing out where there is room', async (t) => {
    const connection = await smallCase(t, 'quiet.sql', 'document/timeline.sql');
    assert.deepEqual(
      (await analyse(connection, { lastackVersion: '0.0.0-test', library, tableSources })).timelineLeftOut,
      [],
    );
  });
});
