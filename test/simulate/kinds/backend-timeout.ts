import type { Kind } from '../kind.ts';
import { stall, stallAftermath } from '../stall.ts';

/** The backend takes requests and does not answer. */
export const kind: Kind = {
  id: 'backend-timeout',
  cause: 'backend-timeout',
  needs: [['error-log']],
  also: [
    'mpm-saturated',
    'accept-queue-overflow',
    'overload-sequence',
    'close-wait-unaccepted',
    'last-ack-stuck',
    'monitor-probe-failed',
  ],
  during: (moment, fault) => stall(moment, fault),
  after: (moment, fault, sinceS) => stallAftermath(moment, fault, sinceS),
};
