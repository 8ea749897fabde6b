import type { Kind } from '../kind.ts';
import { grow, incoming } from '../moment.ts';

const MOST = 600;

/** A lowered tcp_max_tw_buckets is reached, and TIME_WAIT cut short. */
export const kind: Kind = {
  id: 'time-wait-overflow',
  cause: null,
  needs: [['proc-net-counters', 'sockstat']],
  also: ['harmful-or-ineffective-sysctl'],
  prepare: (settings) => {
    settings.sysctl['net.ipv4.tcp_max_tw_buckets'] = String(MOST);
  },
  during: (moment, { step, noise }) => {
    const there = moment.sockets.reduce((sum, one) => sum + (one.state === 'TIME_WAIT' ? one.count : 0), 0);
    moment.sockets.push(
      incoming('TIME_WAIT', Math.max(0, MOST - there - noise.count(2)), { owned: false, tracked: 'TIME_WAIT' }),
    );
    grow(moment, 'TcpExtTCPTimeWaitOverflow', noise.count([3, 20, 100][step]! * moment.spanS));
  },
};
