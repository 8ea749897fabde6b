import type { Kind } from '../kind.ts';
import { backlogOf, grow, incoming } from '../moment.ts';

/** Handshakes from forged addresses that nobody completes. */
export const kind: Kind = {
  id: 'syn-flood',
  cause: 'syn-flood',
  needs: [['ss'], ['proc-net-counters']],
  also: [],
  during: (moment, { step, noise, settings }) => {
    const sent = noise.count([30, 400, 3000][step]! * moment.spanS);
    grow(moment, 'TcpExtSyncookiesSent', sent);
    grow(moment, 'TcpExtTCPReqQFullDoCookies', sent);
    grow(moment, 'TcpExtSyncookiesRecv', sent * noise.between(0.001, 0.02));
    moment.sockets.push(
      incoming('SYN_RECV', backlogOf(settings) - noise.count(4), {
        owned: false,
        peer: 'stranger',
        tracked: 'SYN_RECV',
      }),
    );
    if (step === 2) moment.requests.forEach((one) => (one.count = Math.round(one.count * 0.6)));
    if (step > 0 && moment.n % 50 === 0)
      moment.kernel.push({
        event: 'syn_flood',
        port: 80,
        message: 'TCP: request_sock_TCP: Possible SYN flooding on port 80. Sending cookies.',
      });
  },
};
