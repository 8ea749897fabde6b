import type { Kind } from '../kind.ts';
import { loseSegments } from '../lose-segments.ts';

/** Data is lost on the way. */
export const kind: Kind = {
  id: 'tcp-retransmission',
  cause: 'tcp-retransmission',
  needs: [['proc-net-counters']],
  also: [],
  during: (moment, fault) => loseSegments(moment, fault, [0.025, 0.05, 0.12][fault.step]!),
};
