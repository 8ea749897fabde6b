import type { Habit } from '../kind.ts';

/** The collector was not run for a while; nothing else happened. */
export const habit: Habit = {
  id: 'gap',
  apply: (moments, noise) => {
    const first = Math.floor(noise.between(0.1, 0.8) * moments.length);
    for (const moment of moments.slice(first, first + Math.ceil(noise.between(0.05, 0.2) * moments.length)))
      moment.lost = moments.length > 3;
  },
};
