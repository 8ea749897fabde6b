import type { Kind } from '../kind.ts';
import { incoming } from '../moment.ts';

const WHO = '192.0.2.77';

/** One address holds many connections and asks for what is not there. */
export const kind: Kind = {
  id: 'abusive-source',
  cause: 'abusive-source',
  needs: [['ss'], ['access-log']],
  also: [],
  prepare: (settings) => {
    settings.workers = 400;
    settings.workerMib = 6;
  },
  during: (moment, { step, noise }) => {
    const held = noise.count([60, 130, 300][step]!);
    moment.sockets.push(incoming('ESTABLISHED', held, { peer: WHO }));
    moment.busy += held;
    moment.letter = 'K';
    const count = Math.min(80, noise.count([1, 3, 10][step]! * moment.spanS));
    moment.requests.push({
      count,
      path: '/wp-login.php',
      status: 404,
      durationS: 0.001,
      client: WHO,
      agent: 'python-requests/2.31',
    });
  },
};
