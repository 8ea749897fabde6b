import type { Habit } from '../kind.ts';

/** The day: load goes up and down by some times, once or twice in the recording. */
export const habit: Habit = {
  id: 'rhythm',
  apply: (moments, noise) => {
    const waves = noise.between(0.4, 2);
    const shift = noise.between(0, 2 * Math.PI);
    const height = noise.between(0.5, 1.2);
    for (const moment of moments)
      moment.load *= Math.exp(height * Math.sin(shift + (2 * Math.PI * waves * moment.n) / moments.length));
  },
};
