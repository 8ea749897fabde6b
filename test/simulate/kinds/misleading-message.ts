import type { Kind } from '../kind.ts';
import { grow } from '../moment.ts';
import { shortQueue } from '../short-queue.ts';

/** A burst of honest clients makes the kernel speak of a flood; their cookies come back. */
export const kind: Kind = {
  id: 'misleading-message',
  cause: 'accept-queue-overflow',
  info: true,
  opening: true,
  needs: [['kernel-log'], ['ss'], ['proc-net-counters', 'conntrack']],
  causeNeeds: ['apache-status'],
  also: ['accept-queue-overflow'],
  prepare: (settings) => {
    settings.listenBacklog = 40;
  },
  during: (moment, fault) => {
    shortQueue(moment, fault);
    const sent = fault.noise.count([5, 30, 100][fault.step]! * moment.spanS);
    grow(moment, 'TcpExtSyncookiesSent', sent);
    grow(moment, 'TcpExtSyncookiesRecv', 0.8 * sent);
    grow(moment, 'TcpExtTCPReqQFullDoCookies', sent);
    if (fault.forS <= moment.spanS)
      moment.kernel.push({
        event: 'syn_flood',
        port: 80,
        message: 'TCP: request_sock_TCP: Possible SYN flooding on port 80. Sending cookies.',
      });
  },
};
