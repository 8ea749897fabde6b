import type { Kind } from '../kind.ts';
import { unansweredCloses } from '../unanswered-closes.ts';

/** A network is gone: closes to it are sent again until the kernel gives up. */
export const kind: Kind = {
  id: 'last-ack-stuck',
  cause: null,
  needs: [['ss']],
  also: [],
  during: (moment, fault) => unansweredCloses(moment, fault, [0.3, 0.8, 2][fault.step]!),
  after: (moment, fault, sinceS) => unansweredCloses(moment, fault, [0.3, 0.8, 2][fault.step]!, sinceS),
};
