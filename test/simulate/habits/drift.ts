import type { Habit } from '../kind.ts';

/** Growth over the whole recording: connections and tracked entries double. */
export const habit: Habit = {
  id: 'drift',
  apply: (moments, noise) => {
    const times = noise.between(1.3, 2.2);
    for (const moment of moments) {
      moment.load *= times ** (moment.n / moments.length);
      moment.trackedElsewhere += Math.round((80 * moment.n) / moments.length);
    }
  },
};
