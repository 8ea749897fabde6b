import { seeded, shuffle } from './seeded.ts';

const MOST_EXACT = 20_000;
const DRAWS = 4999;
/** Draws as far from zero after which p is known well enough and no more are made (Besag and Clifford, 1991). */
const ENOUGH_HITS = 200;
const TIE = 1e-12;

/** Number of ways to choose `k` of `n`, up to where it stops to matter. */
export function ways(n: number, k: number): number {
  let count = 1;
  for (let i = 1; i <= Math.min(k, n - k); i++) count = (count * (n - i + 1)) / i;
  return count;
}

/** The smallest two-sided p that a permutation of so many against so many can reach. */
export function smallestP(before: number, after: number): number {
  return Math.min(1, 2 / ways(before + after, before));
}

/**
 * Two-sided permutation test: how often a split of `before + after` places into sides of these sizes gives a statistic
 * as far from zero as the one at hand (places 0 … before − 1 are before). All splits where there are few, else a seeded draw.
 */
export function permutationP(
  before: number,
  after: number,
  statistic: (places: Int32Array) => number,
  seed: number,
): number {
  const n = before + after;
  const places = Int32Array.from({ length: n }, (_, i) => i);
  const least = Math.abs(statistic(places)) * (1 - TIE);
  if (ways(n, before) <= MOST_EXACT) {
    let hits = 0;
    let all = 0;
    forEachSplit(n, before, (split) => {
      all++;
      if (Math.abs(statistic(split)) >= least) hits++;
    });
    return hits / all;
  }
  const random = seeded(seed);
  let hits = 1;
  for (let draw = 0; draw < DRAWS; draw++) {
    shuffle(places, random);
    if (Math.abs(statistic(places)) >= least) hits++;
    if (hits > ENOUGH_HITS) return hits / (draw + 2);
  }
  return hits / (DRAWS + 1);
}

function forEachSplit(n: number, k: number, visit: (places: Int32Array) => void): void {
  const chosen = Array.from({ length: k }, (_, i) => i);
  const places = new Int32Array(n);
  for (;;) {
    const inFirst = new Set(chosen);
    let rest = k;
    chosen.forEach((place, i) => {
      places[i] = place;
    });
    for (let place = 0; place < n; place++) if (!inFirst.has(place)) places[rest++] = place;
    visit(places);
    let at = k - 1;
    while (at >= 0 && chosen[at] === n - k + at) at--;
    if (at < 0) return;
    chosen[at]!++;
    for (let i = at + 1; i < k; i++) chosen[i] = chosen[i - 1]! + 1;
  }
}
