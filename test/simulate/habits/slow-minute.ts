import type { Habit } from '../kind.ts';
import { outgoing } from '../moment.ts';

/** The backend is slower for some samples and fails nothing: more workers wait for it, and no request for a worker. */
export const habit: Habit = {
  id: 'slow-minute',
  apply: (moments, noise, settings) => {
    const first = Math.floor(noise.between(0, moments.length));
    const took = noise.between(0.3, 1.5);
    for (const moment of moments.slice(first, first + 1 + noise.count(5))) {
      moment.requests.push({ count: 1 + noise.count(6), path: '/app', status: 200, durationS: took });
      const waiting = Math.min(Math.round(settings.workers / 3), noise.count(10 * took));
      moment.busy += waiting;
      moment.sockets.push(outgoing('ESTABLISHED', waiting));
    }
  },
};
