import type { Habit } from '../kind.ts';
import { incoming } from '../moment.ts';

/** Long polling: many connections that wait and hold no worker come and go with their page. */
export const habit: Habit = {
  id: 'idle-connections',
  apply: (moments, noise) => {
    const first = Math.floor(noise.between(0, moments.length));
    const length = 5 + noise.count(20);
    const most = noise.between(20, 150);
    for (const moment of moments.slice(first, first + length)) {
      const share = Math.sin((Math.PI * (moment.n - first + 1)) / (length + 1));
      moment.sockets.push(incoming('ESTABLISHED', noise.count(most * share), { first: 0, silentMs: 30_000 }));
    }
  },
};
