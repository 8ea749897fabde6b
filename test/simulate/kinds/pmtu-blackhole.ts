import type { Kind } from '../kind.ts';
import { grow, incoming, lasting } from '../moment.ts';

/** On the way to one network large packets vanish: answers of more than one segment never arrive. */
export const kind: Kind = {
  id: 'pmtu-blackhole',
  cause: 'pmtu-blackhole',
  needs: [['ss']],
  also: ['tcp-retransmission', 'last-ack-stuck'],
  during: (moment, { step, noise, forS }) => {
    const stalled = lasting([0.25, 0.6, 1.5][step]!, 60, forS);
    const hung = {
      owned: true,
      timer: 'on',
      timerMs: 9000,
      retrans: 5,
      unackedBytes: 14_480,
      silentMs: 20_000,
    } as const;
    const bytes = { received: 300, sent: 14_480, acked: 1 };
    moment.sockets.push(
      incoming('ESTABLISHED', stalled.count, { ...stalled, ...hung, bytes, peer: 'network', repeatShare: 0.3 }),
      incoming('TIME_WAIT', stalled.count, { ...stalled, peer: 'network', owned: false, tracked: 'TIME_WAIT' }),
    );
    moment.busy = Math.min(45, moment.busy + stalled.count);
    grow(moment, 'TcpRetransSegs', noise.count(0.1 * stalled.count * moment.spanS));
    grow(moment, 'TcpExtTCPLostRetransmit', 0.08 * stalled.count * moment.spanS);
  },
};
