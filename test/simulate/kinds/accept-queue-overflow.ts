import type { Kind } from '../kind.ts';
import { shortQueue } from '../short-queue.ts';

/** Clients come in bursts that a short queue cannot hold; workers are free. */
export const kind: Kind = {
  id: 'accept-queue-overflow',
  cause: 'accept-queue-overflow',
  needs: [['ss', 'proc-net-counters']],
  causeNeeds: ['apache-status'],
  also: [],
  prepare: (settings) => {
    settings.listenBacklog = 40;
  },
  during: shortQueue,
};
