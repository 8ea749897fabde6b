import type { Kind } from '../kind.ts';
import { BACKEND, grow } from '../moment.ts';

/** The backend is down: each connection gets a reset, each request a 503 at once. */
export const kind: Kind = {
  id: 'backend-refused',
  cause: 'backend-refused',
  needs: [['error-log']],
  also: [],
  during: (moment, { step, noise }) => {
    const count = Math.min(60, noise.count(([12, 60, 300][step]! / 60) * moment.spanS));
    const message = `HTTP: attempt to connect to ${BACKEND} (10.2.0.1) failed`;
    moment.requests = moment.requests.filter((one) => one.path !== '/app');
    moment.requests.push({ count, path: '/app', status: 503, durationS: 0.002 });
    moment.errors.push({ count, level: 'error', code: 'AH00957', errno: 111, message, delayS: 0 });
    moment.sockets = moment.sockets.filter((one) => one.side === 'in');
    grow(moment, 'TcpAttemptFails', count);
  },
};
