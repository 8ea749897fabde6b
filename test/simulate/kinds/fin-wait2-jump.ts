import type { Kind } from '../kind.ts';
import { outgoing } from '../moment.ts';

/** A partner does not close its end after a call: half-closed sockets pile up, and nobody is hurt. */
export const kind: Kind = {
  id: 'fin-wait2-jump',
  cause: 'fin-wait2-jump',
  info: true,
  needs: [['ss']],
  also: [],
  during: (moment, { step, noise }) => {
    moment.sockets.push(
      outgoing('FIN_WAIT2', noise.count([80, 160, 350][step]!), {
        owned: false,
        peer: '10.2.0.2:8443',
        tracked: 'FIN_WAIT',
      }),
    );
    moment.requests.push({
      count: 2 + noise.count(6),
      path: '/webhook',
      status: 200,
      durationS: 0.05,
      client: '10.1.0.9',
    });
  },
};
