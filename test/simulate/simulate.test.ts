import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openCase } from './open-case.ts';
import { draw, kinds, type Plan } from './scenario.ts';
import { simulate } from './score.ts';

const SEED = 1;
const QUIET = 24;
const EACH = 1;

// A small draw of `npm run simulate`, which says how often the diagnosis is right at the size that shows rates.
describe('simulated runs', async () => {
  const { connection, close } = await openCase();
  const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
  const whole = (plan: Plan): Plan => ({ ...plan, missing: null, early: false });

  it('raises nothing above info in quiet ones', async () => {
    const plans = numbers(QUIET).map((index) => whole(draw(null, index, SEED)));
    for (const { plan, grave } of await simulate(connection, plans)) assert.deepEqual(grave, [], JSON.stringify(plan));
  });

  it('finds each kind, and what caused it', async () => {
    const plans = kinds.flatMap((kind) => numbers(EACH).map((index) => whole(draw(kind, index, SEED))));
    for (const { plan, found, root, wrong } of await simulate(connection, plans)) {
      const { cause } = kinds.find((kind) => kind.id === plan.kind)!;
      assert.deepEqual({ found, root, wrong }, { found: true, root: cause, wrong: [] }, JSON.stringify(plan));
    }
  });

  it('says of a run the same beside others as alone', async () => {
    const plans = kinds.slice(0, 3).map((kind) => whole(draw(kind, 3, SEED)));
    const alone = [];
    for (const plan of plans) alone.push(...(await simulate(connection, [plan])));
    assert.deepEqual(await simulate(connection, plans.toReversed()), alone.toReversed());
    close();
  });
});
