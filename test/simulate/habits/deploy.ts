import type { Habit } from '../kind.ts';

/** A graceful restart: notices in the error log, workers in G, some requests refused with 503 by the application. */
export const habit: Habit = {
  id: 'deploy',
  apply: (moments, noise) => {
    const at = moments[Math.floor(noise.between(0, moments.length))]!;
    at.letter = 'G';
    at.errors.push(
      line('AH00493', 'SIGUSR1 received.  Doing graceful restart'),
      line('AH00489', 'Apache/2.4.62 (Debian) configured -- resuming normal operations'),
    );
    at.requests.push({ count: noise.count(1), path: '/app', status: 503, durationS: 0.002 });
    const next = moments[at.n + 1];
    if (next) next.load *= noise.between(1.2, 2);
  },
};

function line(code: string, message: string) {
  return { count: 1, level: 'notice', code, errno: null, message, delayS: 0 };
}
