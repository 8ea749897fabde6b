import type { Kind } from '../kind.ts';
import { loseSegments } from '../lose-segments.ts';
import { grow } from '../moment.ts';

/** One CPU gets more packets than it can take. */
export const kind: Kind = {
  id: 'rx-drop-softnet',
  cause: 'rx-drop-softnet',
  needs: [['softnet']],
  also: ['tcp-retransmission'],
  during: (moment, fault) => {
    const { step, noise } = fault;
    grow(moment, 'softnet.dropped', noise.count([12, 60, 800][step]! * moment.spanS));
    grow(moment, 'softnet.time_squeeze', noise.count([2, 20, 100][step]! * moment.spanS));
    grow(moment, 'softnet.processed', [1000, 5000, 20_000][step]! * moment.spanS);
    loseSegments(moment, fault, [0.004, 0.02, 0.06][step]!);
  },
};
