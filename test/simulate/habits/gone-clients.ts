import type { Habit } from '../kind.ts';
import { grow, incoming } from '../moment.ts';

/** Phones that leave their network: now and then a close that nobody answers, and a client that says nothing for a while. */
export const habit: Habit = {
  id: 'gone-clients',
  apply: (moments, noise) => {
    for (const moment of moments) {
      const more = { owned: false, first: Math.floor(moment.atS / 60) } as const;
      moment.sockets.push(
        incoming('LAST_ACK', noise.count(2), { ...more, tracked: 'LAST_ACK', retrans: 4 }),
        incoming('SYN_RECV', noise.count(2), { ...more, timerMs: 12_000 }),
      );
      grow(moment, 'TcpExtTCPAbortOnTimeout', noise.count(0.02 * moment.spanS));
    }
  },
};
