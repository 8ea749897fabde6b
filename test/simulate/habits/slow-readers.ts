import type { Habit } from '../kind.ts';
import { grow, incoming } from '../moment.ts';

/** Some downloads pause: the clients' windows close and open again. */
export const habit: Habit = {
  id: 'slow-readers',
  apply: (moments, noise) => {
    const size = noise.between(1, 5);
    for (const moment of moments) {
      if (!noise.chance(0.3)) continue;
      const paused = Math.min(8, noise.count(size));
      moment.sockets.push(
        incoming('ESTABLISHED', paused, { peer: 'network', timer: 'persist', unackedBytes: 0, silentMs: 9000 }),
      );
      grow(moment, 'TcpExtTCPWinProbe', paused);
    }
  },
};
