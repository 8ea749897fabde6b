import type { Kind } from '../kind.ts';
import { incoming } from '../moment.ts';
import { slowPages } from '../slow-pages.ts';

/** Slow pages take all workers, and clients give up while they wait for accept(). */
export const kind: Kind = {
  id: 'close-wait-unaccepted',
  cause: 'mpm-saturated',
  needs: [['ss']],
  causeNeeds: ['apache-status'],
  also: ['mpm-saturated', 'accept-queue-overflow', 'overload-sequence', 'monitor-probe-failed'],
  during: (moment, fault) => {
    slowPages(moment, fault);
    if (fault.forS < 10) return;
    const count = Math.min(moment.queue - 1, fault.noise.count([9, 25, 80][fault.step]!));
    moment.sockets.push(incoming('CLOSE_WAIT', count, { owned: false, tracked: 'CLOSE_WAIT' }));
  },
};
