import type { Habit } from '../kind.ts';

/** Reports that honestly take some seconds, and more workers while they do. */
export const habit: Habit = {
  id: 'slow-pages',
  apply: (moments, noise) => {
    const first = Math.floor(noise.between(0, moments.length));
    for (const moment of moments.slice(first, first + 2 + noise.count(6)))
      moment.requests.push({ count: 1 + noise.count(3), path: '/report', status: 200, durationS: noise.between(2, 9) });
  },
};
