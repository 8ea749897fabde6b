import type { Habit } from '../kind.ts';

/** A train full of phones: some loss for a sample or two, and a lone sample with more. */
export const habit: Habit = {
  id: 'lossy-moment',
  apply: (moments, noise) => {
    const first = Math.floor(noise.between(0, moments.length));
    for (const moment of moments.slice(first, first + 1 + noise.count(1))) moment.lossShare += 0.002;
    moments[Math.floor(noise.between(0, moments.length))]!.lossShare += 0.014;
  },
};
