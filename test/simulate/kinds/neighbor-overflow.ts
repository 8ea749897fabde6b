import type { Kind } from '../kind.ts';
import { grow } from '../moment.ts';

/** A scan of the own network fills the neighbour table. */
export const kind: Kind = {
  id: 'neighbor-overflow',
  cause: 'neighbor-overflow',
  needs: [['kernel-log']],
  also: [],
  during: (moment, { step, noise, forS }) => {
    const message = 'neighbour: arp_cache: neighbor table overflow!';
    if (forS <= moment.spanS || noise.chance([0.5, 0.8, 1][step]!))
      moment.kernel.push({ event: 'neigh_full', message }, { event: 'neigh_full', message });
    if (step > 0) grow(moment, 'IpOutDiscards', noise.count([0, 10, 100][step]! * moment.spanS));
  },
};
