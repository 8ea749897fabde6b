import { Random } from '../bench/random.ts';

/** Seeded noise: counts that scatter, with a memory from one sample to the next. */
export class Noise {
  readonly random: Random;
  /** Coefficient of variation of what scatters. */
  readonly size: number;

  constructor(seed: number, size: number) {
    this.random = new Random(Math.imul(seed, 2_654_435_761) ^ 0x5bd1e995);
    this.size = size;
  }

  gauss(): number {
    return Math.sqrt(-2 * Math.log(1 - this.random.next())) * Math.cos(2 * Math.PI * this.random.next());
  }

  /** A factor around 1. */
  factor(size: number = this.size): number {
    return Math.exp(size * this.gauss() - (size * size) / 2);
  }

  /** A whole number of things that come one by one, `mean` on average. */
  count(mean: number): number {
    if (mean <= 0) return 0;
    if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.gauss()));
    const limit = Math.exp(-mean);
    let product = this.random.next();
    let found = 0;
    while (product > limit) {
      product *= this.random.next();
      found++;
    }
    return found;
  }

  chance(probability: number): boolean {
    return this.random.next() < probability;
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.random.next();
  }
}
