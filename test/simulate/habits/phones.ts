import type { Habit } from '../kind.ts';

/** Clients on mobile networks: some loss on every day. */
export const habit: Habit = {
  id: 'phones',
  apply: (moments, noise) => {
    const lost = noise.between(0.002, 0.005);
    for (const moment of moments) moment.lossShare += lost;
  },
};
