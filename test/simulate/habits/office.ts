import type { Habit } from '../kind.ts';
import { incoming } from '../moment.ts';

/** A company behind one address opens for the day: dozens of connections, all served, of many browsers or of one that all have. */
export const habit: Habit = {
  id: 'office',
  apply: (moments, noise) => {
    const first = Math.floor(noise.between(0, moments.length));
    const people = noise.between(10, 45);
    const peer = '192.0.2.150';
    const agents = Array.from(
      { length: noise.chance(0.5) ? 8 : 1 },
      (_, i) => `Mozilla/5.0 (Windows NT 10.0) rv:${100 + i}`,
    );
    for (const moment of moments.slice(first, first + 4 + noise.count(15))) {
      moment.sockets.push(incoming('ESTABLISHED', noise.count(people), { peer }));
      moment.busy += noise.count(people / 8);
      for (const agent of agents) {
        const count = Math.min(12, noise.count((people / (10 * agents.length)) * moment.spanS));
        moment.requests.push({ count, path: '/app', status: 200, durationS: 0.08, client: peer, agent });
      }
    }
  },
};
