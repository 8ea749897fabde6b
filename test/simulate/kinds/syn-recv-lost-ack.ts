import type { Kind } from '../kind.ts';
import { incoming, lasting, repeatHandshakes } from '../moment.ts';

/** The last packet of the handshakes of one network is lost. */
export const kind: Kind = {
  id: 'syn-recv-lost-ack',
  cause: 'syn-recv-lost-ack',
  needs: [['ss']],
  also: [],
  during: (moment, { step, noise, forS }) => {
    const perS = [0.6, 1.2, 3][step]!;
    const more = { peer: 'network', owned: false, tracked: 'SYN_RECV', retrans: 3, timerMs: 5000 };
    moment.sockets.push(incoming('SYN_RECV', 0, { ...lasting(perS, 63, forS), ...more }));
    repeatHandshakes(moment, noise.count(4 * perS * moment.spanS));
  },
};
