import type { Kind } from '../kind.ts';
import { grow } from '../moment.ts';

/** The table of tracked connections is full, and new ones are dropped before TCP sees them. */
export const kind: Kind = {
  id: 'conntrack-table-full',
  cause: 'conntrack-table-full',
  needs: [['conntrack-count', 'conntrack-stat', 'kernel-log']],
  also: [],
  prepare: (settings) => {
    settings.conntrackMax = 400;
  },
  during: (moment, { step, noise, settings }) => {
    const own = moment.sockets.reduce((sum, one) => sum + (one.tracked === null ? 0 : one.count), 0);
    moment.trackedElsewhere = Math.max(moment.trackedElsewhere, settings.conntrackMax - own - noise.count(3));
    grow(moment, 'track.dropped', noise.count([3, 30, 300][step]! * moment.spanS));
    for (const one of moment.requests) one.count = Math.round(one.count * [0.8, 0.5, 0.2][step]!);
    if (step > 0 || noise.chance(0.3))
      moment.kernel.push({
        event: 'ct_full',
        message: 'nf_conntrack: nf_conntrack: table full, dropping packet',
      });
  },
};
