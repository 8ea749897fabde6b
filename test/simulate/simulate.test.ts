import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openCase } from './open-case.ts';
import { draw, kinds } from './scenario.ts';
import { analysisOptions, type Scored, simulate } from './score.ts';

const SEED = 1;
const QUIET = 12;
const EACH = 1;

// A small draw of `npm run simulate`, which says how often the diagnosis is right at the size that shows rates.
describe('simulated runs', async () => {
  const { connection, close } = await openCase();
  const options = await analysisOptions();
  const run = (plan: ReturnType<typeof draw>): Promise<Scored> => simulate(connection, plan, options, false);

  it('raises nothing above info in quiet ones', async () => {
    for (let index = 0; index < QUIET; index++) {
      const { plan, grave } = await run(draw(null, index, SEED));
      assert.deepEqual(grave, [], JSON.stringify(plan));
    }
  });

  for (const kind of kinds) {
    it(`finds ${kind.id}`, async () => {
      for (let index = 0; index < EACH; index++) {
        const scored = await run({ ...draw(kind, index, SEED), missing: null, early: false });
        assert.deepEqual(
          { found: scored.found, root: scored.root, wrong: scored.wrong },
          { found: true, root: kind.cause, wrong: [] },
          JSON.stringify(scored.plan),
        );
      }
    });
  }

  it('makes the same run from the same seed', async () => {
    const plan = draw(kinds[0]!, 3, SEED);
    const [one, other] = [await run(plan), await run(plan)];
    assert.deepEqual(one, other);
    close();
  });
});
