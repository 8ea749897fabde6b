import type { Habit } from '../kind.ts';
import { outgoing } from '../moment.ts';

/** The nightly backup: much memory in TCP, and little of it free. */
export const habit: Habit = {
  id: 'backup',
  apply: (moments, noise) => {
    const first = Math.floor(noise.between(0, moments.length));
    for (const moment of moments.slice(first, first + 4 + noise.count(10))) {
      moment.tcpPages += noise.count(4000);
      moment.freeMemory = noise.between(0.2, 0.4);
      moment.sockets.push(outgoing('ESTABLISHED', 4, { peer: '10.2.0.9:873', unackedBytes: 200_000, first: 0 }));
    }
  },
};
