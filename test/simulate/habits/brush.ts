import type { Habit } from '../kind.ts';
import { grow } from '../moment.ts';

/** One or two connections found the queue full for an instant, and a cookie or two were sent. */
export const habit: Habit = {
  id: 'brush',
  apply: (moments, noise) => {
    const at = moments[Math.floor(noise.between(0, moments.length))]!;
    const times = 1 + noise.count(0.5);
    grow(at, 'TcpExtListenOverflows', times);
    grow(at, 'TcpExtListenDrops', times);
    grow(at, 'TcpExtSyncookiesSent', times);
    grow(at, 'TcpExtSyncookiesRecv', times);
  },
};
