import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Json } from '@duckdb/node-api';
import { analyse } from '../../src/analysis/analyse.ts';
import { smallCase, tableSources } from './small-case.ts';

test('an address over the limit is counted in every sample, however few samples are counted whole', async (t) => {
  const all = await countedWith(t, 1000);
  assert.ok(all.over.length > 0, 'the case has an address over the limit');
  for (const [points, part] of [
    [1, 8],
    [2, 1],
    [3, 5],
    [7, 3],
  ] as const) {
    const few = await countedWith(t, points, part);
    assert.ok(few.rows < all.rows, `${few.rows} rows of ${points} samples, ${all.rows} of all`);
    assert.deepEqual(few.over, all.over, `${points} samples, bounds over ${part}`);
  }
});

async function countedWith(
  t: TestContext,
  points: number,
  part = 8,
): Promise<{ rows: number; over: Record<string, Json>[] }> {
  const connection = await smallCase(t, 'quiet.sql', 'findings/abusive-source/hit/input.sql');
  await analyse(connection, {
    lastackVersion: '0.0.0-test',
    tableSources,
    parameters: { 'source_moment.points': points, 'source_count.part': part },
  });
  const rows = await connection.runAndReadAll('select count(*) from source_count');
  const over = await connection.runAndReadAll(
    'select addr, over_samples, first_over, last_over, held_peak, held_peak_ts, held_before, open_peak, open_since from source_share order by addr',
  );
  return { rows: Number(rows.getRows()[0]?.[0]), over: over.getRowObjectsJson() };
}
