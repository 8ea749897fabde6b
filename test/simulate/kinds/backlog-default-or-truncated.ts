import type { Kind } from '../kind.ts';
import { shortQueue } from '../short-queue.ts';

/** The same bursts, and the queue is short because net.core.somaxconn cuts it. */
export const kind: Kind = {
  id: 'backlog-default-or-truncated',
  cause: 'backlog-default-or-truncated',
  needs: [['ss']],
  causeNeeds: ['apache-status'],
  also: ['accept-queue-overflow'],
  prepare: (settings) => {
    settings.listenBacklog = 511;
    settings.somaxconn = 128;
  },
  during: shortQueue,
};
