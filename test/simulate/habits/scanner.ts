import type { Habit } from '../kind.ts';
import { incoming } from '../moment.ts';

/** Somebody looks for holes: 404s, bare SYNs, harmless error lines. */
export const habit: Habit = {
  id: 'scanner',
  apply: (moments, noise) => {
    for (const moment of moments) {
      if (!noise.chance(0.1)) continue;
      const count = 1 + noise.count(2);
      moment.requests.push({ count, path: '/wp-login.php', status: 404, durationS: 0.001, client: '192.0.2.66' });
      moment.sockets.push(
        incoming('SYN_RECV', noise.count(2), { owned: false, peer: 'stranger', tracked: 'SYN_RECV' }),
      );
      const message = 'Cannot serve directory /var/www/html/: No matching DirectoryIndex';
      moment.errors.push({ count, level: 'error', code: 'AH01276', errno: null, message, delayS: 0 });
    }
  },
};
