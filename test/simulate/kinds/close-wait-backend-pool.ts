import type { Kind } from '../kind.ts';
import { BACKEND, outgoing } from '../moment.ts';

/** The backend closes idle connections of the pool; idle children notice only when they need one. */
export const kind: Kind = {
  id: 'close-wait-backend-pool',
  cause: null,
  needs: [['ss'], ['error-log']],
  also: [],
  during: (moment, { step, noise, forS }) => {
    const most = [5, 12, 30][step]!;
    const count = Math.min(most, Math.floor((most * forS) / 30));
    // After some minutes each was needed once, and is another one.
    const first = most * Math.floor(forS / 900);
    moment.sockets.push(outgoing('CLOSE_WAIT', count, { process: 'apache2', tracked: 'CLOSE_WAIT', first }));
    const met = Math.min(20, noise.count([0.12, 0.3, 1][step]! * moment.spanS));
    const message = `error reading status line from remote server ${BACKEND}`;
    moment.requests.push({ count: met, path: '/app', status: 502, durationS: 0.01 });
    moment.errors.push({ count: met, level: 'error', code: 'AH01102', errno: 20014, message, delayS: 0 });
  },
};
