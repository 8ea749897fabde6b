import type { Habit } from '../kind.ts';

/** A reboot in the middle: counters begin anew, and connections with them. */
export const habit: Habit = {
  id: 'reboot',
  apply: (moments, noise) => {
    const first = Math.floor(noise.between(0.1, 0.9) * moments.length);
    for (const moment of moments.slice(first)) moment.boot = 1;
    if (moments[first]) moments[first].load *= 0.4;
  },
};
