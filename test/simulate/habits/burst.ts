import type { Habit } from '../kind.ts';
import { incoming, repeatHandshakes } from '../moment.ts';

/** A newsletter: some samples with several times the load, a queue that comes and goes, no worker short. */
export const habit: Habit = {
  id: 'burst',
  apply: (moments, noise, settings) => {
    const first = Math.floor(noise.between(0, moments.length));
    const height = noise.between(2, 5);
    for (const moment of moments.slice(first, first + 1 + noise.count(3))) {
      moment.load *= height;
      moment.queue = Math.max(moment.queue, noise.count(Math.min(12, settings.listenBacklog / 10)));
      moment.sockets.push(incoming('SYN_RECV', noise.count(5), { owned: false }));
      repeatHandshakes(moment, noise.count(2 * moment.spanS));
    }
  },
};
