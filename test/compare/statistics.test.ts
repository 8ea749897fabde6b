import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadStep } from '../../src/analysis/comparison/load-step.ts';
import { integratedTime } from '../../src/analysis/statistics/autocorrelation.ts';
import { adjust } from '../../src/analysis/statistics/benjamini-hochberg.ts';
import { blockTest } from '../../src/analysis/statistics/block-test.ts';
import { episodeInterval } from '../../src/analysis/statistics/episode-interval.ts';
import { permutationP, smallestP } from '../../src/analysis/statistics/permutation.ts';
import { conditionalPoissonP } from '../../src/analysis/statistics/poisson.ts';
import { welch } from '../../src/analysis/statistics/welch.ts';
import { autoregressive, normals } from './series.ts';

const near = (got: number, wanted: number, within: number): void =>
  assert.ok(Math.abs(got - wanted) <= within, `${got} is not ${wanted} ± ${within}`);

describe('statistics', () => {
  it('Welch gives what the textbook gives', () => {
    // Student’s sleep data: t = 1.8608, 17.776 degrees of freedom, p = 0.07939.
    const result = welch(
      [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2],
      [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4],
    )!;
    near(result.p, 0.07939, 0.00001);
    near(result.degrees, 17.776, 0.001);
    assert.equal(welch([1, 1, 1], [2, 2, 2]), null);
  });

  it('the exact Poisson test agrees with the binomial by hand', () => {
    near(conditionalPoissonP(0, 8, 1, 1), 2 / 256, 1e-9);
    near(conditionalPoissonP(1, 0, 1, 1), 1, 1e-9);
    assert.equal(conditionalPoissonP(0, 0, 1, 1), 1);
    assert.ok(conditionalPoissonP(10, 10, 1, 1) > 0.9);
    assert.ok(conditionalPoissonP(10, 10, 1, 10) < 0.001);
  });

  it('the interval of episodes of one size is the exact one of a Poisson count', () => {
    // Against a side that was watched for so long without an episode that it adds nothing: Garwood, 10 events, 97 %.
    const [low, high] = episodeInterval({ sizes: [], exposure: 1e9 }, { sizes: Array(10).fill(1), exposure: 1 });
    near(low, 4.405248, 1e-3);
    near(high, 19.384046, 1e-3);
    // A side without an episode is not known to have none.
    assert.ok(episodeInterval({ sizes: [5, 5], exposure: 100 }, { sizes: [], exposure: 100 })[1] > 0);
  });

  it('permutations of few are counted out', () => {
    const values = [1, 2, 3, 4, 11, 12, 13, 14];
    const side = (places: Int32Array, from: number): number =>
      [0, 1, 2, 3].reduce((sum, i) => sum + values[places[from + i]!]!, 0);
    near(
      permutationP(4, 4, (places) => side(places, 4) - side(places, 0), 1),
      2 / 70,
      1e-12,
    );
    near(smallestP(3, 3), 0.1, 1e-12);
  });

  it('Benjamini and Hochberg keep the order and the smallest', () => {
    const q = adjust([0.01, 0.04, 0.03, 0.5]);
    [0.04, 0.16 / 3, 0.16 / 3, 0.5].forEach((wanted, i) => near(q[i]!, wanted, 1e-12));
  });

  it('finds the correlation time of a process whose time is known', () => {
    const normal = normals(3);
    for (const phi of [0, 0.5, 0.8]) {
      const time = integratedTime([autoregressive(normal, 20_000, phi), autoregressive(normal, 20_000, phi)]);
      near(time, (1 + phi) / (1 - phi), 0.15 * ((1 + phi) / (1 - phi)));
    }
    assert.equal(
      integratedTime([
        [1, 1, 1, 1],
        [2, 2, 2, 2],
      ]),
      1,
    );
  });

  it('refuses a short correlated series and says how long would do', () => {
    const normal = normals(4);
    const test = blockTest(autoregressive(normal, 60, 0.95), autoregressive(normal, 60, 0.95, 5));
    assert.equal(test.result, null);
    assert.ok(test.neededSamples > 60);
  });

  it('sees a step of the load where both sides have it, and nowhere else', () => {
    const step = [10, 11, 10, 12, 50, 100, 110, 105, 100, 12, 10];
    const at = loadStep(step, step)!;
    assert.ok(at > 12 && at < 50, String(at));
    assert.equal(
      loadStep(
        step,
        step.map(() => 10),
      ),
      null,
    );
    assert.equal(loadStep([10, 12, 11, 13, 9, 10], [10, 12, 11, 13, 9, 10]), null);
  });
});
