import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { measureCell } from './accuracy.ts';
import { MAKERS } from './kinds.ts';

const PAIRS = 120;
/** 5 % of the pairs and three standard errors: the whole measurement is `npm run bench:compare`. */
const MOST = 0.05 + 3 * Math.sqrt((0.05 * 0.95) / PAIRS);

describe('pairs without a difference', () => {
  for (const maker of MAKERS)
    it(`are hardly ever called different: ${maker.name}`, () => {
      for (const n of [60, 360]) {
        const { called } = measureCell(maker, n, PAIRS, 7);
        assert.ok(called <= MOST, `${n} samples: ${called}`);
      }
    });
});

describe('a shift of one standard deviation', () => {
  for (const maker of MAKERS.filter(({ time }) => time !== null && 360 / time >= 32))
    it(`is found in 360 samples: ${maker.name}`, () => {
      const { found } = measureCell(maker, 360, PAIRS, 7);
      assert.ok(found! >= 0.8, String(found));
    });
  it('is not looked for in what is too short', () => {
    const { inconclusive } = measureCell(MAKERS.find(({ name }) => name === 'φ = 0.95')!, 60, PAIRS, 7);
    assert.equal(inconclusive, 1);
  });
});
