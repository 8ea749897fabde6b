import type { Kind } from '../kind.ts';
import { stall, stallAftermath } from '../stall.ts';

/** A stalled backend takes all workers: the queue fills, clients give up, late closes go unanswered. */
export const kind: Kind = {
  id: 'overload-sequence',
  cause: 'backend-timeout',
  needs: [['ss'], ['error-log']],
  also: [
    'backend-timeout',
    'mpm-saturated',
    'accept-queue-overflow',
    'close-wait-unaccepted',
    'last-ack-stuck',
    'monitor-probe-failed',
  ],
  during: (moment, fault) => stall(moment, { ...fault, strength: 'strong', step: 2 }, [0.5, 1, 2][fault.step]),
  after: (moment, fault, sinceS) =>
    stallAftermath(moment, { ...fault, strength: 'strong', step: 2 }, sinceS, [0.5, 1, 2][fault.step]),
};
