import type { Habit } from '../kind.ts';
import { incoming } from '../moment.ts';

/** Somebody scans the network: for a sample or two some dozens of handshakes that nobody means to finish. */
export const habit: Habit = {
  id: 'port-scan',
  apply: (moments, noise) => {
    const first = Math.floor(noise.between(0, moments.length));
    for (const moment of moments.slice(first, first + 1 + noise.count(0.5)))
      moment.sockets.push(
        incoming('SYN_RECV', noise.count(30), { owned: false, peer: 'stranger', tracked: 'SYN_RECV', retrans: 1 }),
      );
  },
};
