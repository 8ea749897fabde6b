import type { Kind } from '../kind.ts';
import { grow, incoming, lasting } from '../moment.ts';

/** Clients connect and say nothing; the kernel holds them back for half a minute. */
export const kind: Kind = {
  id: 'syn-recv-deferred-accept',
  cause: null,
  info: true,
  needs: [['ss']],
  also: [],
  during: (moment, { step, noise, forS }) => {
    const perS = [1.2, 2.5, 5][step]!;
    moment.sockets.push(
      incoming('SYN_RECV', 0, { ...lasting(perS, 31, forS), owned: false, timerMs: 12_000, tracked: 'ESTABLISHED' }),
    );
    grow(moment, 'TcpExtTCPDeferAcceptDrop', noise.count(perS * moment.spanS));
  },
};
