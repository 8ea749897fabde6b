import type { Kind } from '../kind.ts';
import { grow, incoming } from '../moment.ts';

/** An application of the host does not read what clients upload. */
export const kind: Kind = {
  id: 'receiver-slow',
  cause: null,
  needs: [['ss']],
  also: [],
  prepare: (settings) => {
    settings.ports = [9100];
  },
  during: (moment, { step, noise }) => {
    const bytes = { received: 400_000, sent: 0, acked: 0 };
    moment.sockets.push(
      incoming('ESTABLISHED', 4 + noise.count([5, 15, 40][step]!), {
        port: 9100,
        process: 'uploadd',
        unreadBytes: 180_000,
        bytes,
        first: 0,
      }),
    );
    grow(moment, 'TcpExtTCPToZeroWindowAdv', noise.count([1, 4, 15][step]! * moment.spanS));
    moment.tcpPages += 45 * [5, 15, 40][step]!;
  },
};
