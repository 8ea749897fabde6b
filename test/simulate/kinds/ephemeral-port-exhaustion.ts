import type { Kind } from '../kind.ts';
import { BACKEND, outgoing } from '../moment.ts';

/** A new connection to the backend for each request: TIME_WAIT uses up the local ports. */
export const kind: Kind = {
  id: 'ephemeral-port-exhaustion',
  cause: 'ephemeral-port-exhaustion',
  needs: [['ss', 'error-log']],
  also: [],
  prepare: (settings) => {
    settings.portRange = '40000 40299';
  },
  during: (moment, { step, noise }) => {
    const own = moment.sockets.reduce((sum, one) => sum + (one.side === 'out' ? one.count : 0), 0);
    const used = Math.min(300, Math.round(300 * [0.85, 0.95, 1][step]! * noise.factor(0.01)));
    moment.sockets.push(outgoing('TIME_WAIT', Math.max(0, used - own), { owned: false, tracked: 'TIME_WAIT' }));
    const count = Math.min(60, noise.count(([6, 20, 200][step]! / 60) * moment.spanS));
    const message = `HTTP: attempt to connect to ${BACKEND} (10.2.0.1) failed`;
    moment.requests.push({ count, path: '/app', status: 503, durationS: 0.002 });
    moment.errors.push({ count, level: 'error', code: 'AH00957', errno: 99, message, delayS: 0 });
  },
};
