import type { Habit } from '../kind.ts';
import { incoming, outgoing } from '../moment.ts';

/** A pool of connections opens and closes: FIN_WAIT2 and TIME_WAIT follow. */
export const habit: Habit = {
  id: 'keepalive-pool',
  apply: (moments, noise) => {
    const first = Math.floor(noise.between(0, moments.length));
    const size = noise.between(5, 35);
    for (const moment of moments.slice(first, first + 3 + noise.count(8)))
      moment.sockets.push(
        outgoing('ESTABLISHED', noise.count(size)),
        incoming('FIN_WAIT2', noise.count(size / 2), { owned: false, tracked: 'FIN_WAIT' }),
        outgoing('TIME_WAIT', noise.count(size), { owned: false, tracked: 'TIME_WAIT' }),
      );
  },
};
