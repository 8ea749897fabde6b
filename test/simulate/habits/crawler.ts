import type { Habit } from '../kind.ts';
import { incoming } from '../moment.ts';

/** A search engine reads the site: one address, many requests that succeed, a handful of connections. */
export const habit: Habit = {
  id: 'crawler',
  apply: (moments, noise) => {
    const first = Math.floor(noise.between(0, moments.length));
    const peer = '192.0.2.200';
    for (const moment of moments.slice(first, first + 5 + noise.count(20))) {
      moment.sockets.push(incoming('ESTABLISHED', noise.count(4), { peer }));
      const count = Math.min(20, noise.count(2 * moment.spanS));
      moment.requests.push({ count, path: '/app', status: 200, durationS: 0.08, client: peer, agent: 'bot/2.1' });
    }
  },
};
