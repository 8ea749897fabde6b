import type { Kind } from '../kind.ts';
import { grow } from '../moment.ts';

/** One direction of many connections goes another way: what comes fits no connection that is tracked. */
export const kind: Kind = {
  id: 'conntrack-invalid-or-clash',
  cause: null,
  needs: [['conntrack-stat']],
  also: [],
  during: (moment, { step, noise }) => {
    const packets = noise.count([20, 80, 400][step]! * moment.spanS);
    grow(moment, 'track.invalid', packets);
    grow(moment, 'link.rx_packets', packets);
  },
};
