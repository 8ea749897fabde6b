import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Comparison } from '../../src/analysis/comparison-document.ts';
import { type Running, startServer } from '../../src/server/server.ts';
import { filesForm, makeCase, sampleFiles, settingsOf, untilRead } from './test-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'lastack-compared-'));
let server: Running;
let url: string;

before(async () => {
  server = await startServer(settingsOf(join(folder, 'data')));
  url = await makeCase(server, 'Compared');
  for (const [run, sample] of [
    ['before', 'listen-overflow'],
    ['after', 'listen-overflow-tuned'],
  ] as const)
    await fetch(`${url}/captures`, { method: 'POST', body: filesForm(await sampleFiles(sample), run) });
  await untilRead(url);
});

after(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

async function compared(query: Readonly<Record<string, string>>): Promise<Comparison> {
  const answer = await fetch(`${url}/comparison.json?${new URLSearchParams(query)}`);
  assert.equal(answer.status, 200, await answer.clone().text());
  return (await answer.json()) as Comparison;
}

describe('the comparison', () => {
  it('answers what was expected first', async () => {
    const { hypotheses } = await compared({
      before: 'before',
      after: 'after',
      expect: 'TcpExtListenOverflows down\r\n\r\n',
    });
    assert.equal(hypotheses[0]?.metric, 'TcpExtListenOverflows');
    assert.equal(hypotheses[0]?.expected, 'down');
  });

  it('is of two windows of one run, with a guard where they meet, and of one host', async () => {
    const whole = await compared({ before: 'before', after: 'after' });
    const { start, end } = whole.before;
    const middle = new Date((Date.parse(start) + Date.parse(end)) / 2).toISOString();
    const host = whole.before.hosts[0]!;
    const windows = { beforeSince: start, beforeUntil: middle, afterSince: middle, afterUntil: end };
    const cut = await compared({ before: 'before', after: 'before', ...windows, guard: '20', host });
    assert.equal(cut.before.runs[0], 'before');
    assert.equal(cut.after.runs[0], 'before');
    assert.ok(Date.parse(cut.before.end) <= Date.parse(middle) - 20_000, `${cut.before.end} ${middle}`);
    assert.ok(Date.parse(cut.after.start) >= Date.parse(middle) + 20_000, `${cut.after.start} ${middle}`);
    const page = await (
      await fetch(`${url}/comparison?${new URLSearchParams({ before: 'before', after: 'before', ...windows })}`)
    ).text();
    assert.match(page, /<iframe src="[^"]*beforeSince=/);
    assert.match(page, /Windows, host, alignment, expectations \(two windows\)/);
  });

  it('refuses what cannot be compared in one line', async () => {
    const both = { before: 'before', after: 'before' };
    for (const [query, line] of [
      [both, /^the run "before" is on both sides/],
      [{ ...both, beforeSince: '2026-01-01T00:00' }, /^a window has a begin and an end/],
      [
        {
          ...both,
          beforeSince: '2026-01-01T00:00',
          beforeUntil: '2026-01-01',
          afterSince: '2026-01-01T00:00',
          afterUntil: '2026-01-02',
        },
        /^a window ends before it begins/,
      ],
      [{ ...both, beforeSince: 'noon' }, /^"beforeSince" is no time/],
      [{ before: 'before', after: 'after', host: 'nobody' }, /nobody|sample/],
      [{ before: 'before', after: 'after', align: 'moon' }, /^"align" is one of start/],
      [{ before: 'before', after: 'after', guard: '-1' }, /^"guard" is a number/],
      [
        { before: 'before', after: 'after', expect: 'everything better please' },
        /^"everything better please": expected a metric/,
      ],
      [
        { before: 'before', after: 'after', expect: 'TcpExtListenOverflow down' },
        /did you mean "TcpExtListenOverflows"/,
      ],
      [{ before: 'before', after: 'none' }, /^the case has no run "none"/],
      [{ before: 'before' }, /^choose a run or more on each side/],
    ] as const) {
      const answer = await fetch(`${url}/comparison.md?${new URLSearchParams(query)}`);
      const said = await answer.text();
      assert.ok(answer.status === 400 || answer.status === 409, `${answer.status} ${JSON.stringify(query)} ${said}`);
      assert.match(said, line);
      assert.equal(said.trim().split('\n').length, 1);
    }
  });
});
