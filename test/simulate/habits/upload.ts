import type { Habit } from '../kind.ts';
import { grow, incoming } from '../moment.ts';

/** One large upload that is read as fast as the disk takes it. */
export const habit: Habit = {
  id: 'upload',
  apply: (moments, noise) => {
    const first = Math.floor(noise.between(0, moments.length));
    const bytes = { received: 90_000_000, sent: 0, acked: 0 };
    for (const moment of moments.slice(first, first + 1 + noise.count(4))) {
      moment.sockets.push(incoming('ESTABLISHED', 1, { unreadBytes: 120_000, bytes, first: 0 }));
      grow(moment, 'TcpExtTCPToZeroWindowAdv', noise.count(0.1 * moment.spanS));
    }
  },
};
