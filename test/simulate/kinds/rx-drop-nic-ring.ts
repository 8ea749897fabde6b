import type { Kind } from '../kind.ts';
import { loseSegments } from '../lose-segments.ts';
import { grow } from '../moment.ts';

/** The ring of the card is full before the host takes packets from it. */
export const kind: Kind = {
  id: 'rx-drop-nic-ring',
  cause: 'rx-drop-nic-ring',
  needs: [['interface']],
  also: ['tcp-retransmission'],
  during: (moment, fault) => {
    grow(moment, 'link.rx_missed', fault.noise.count([20, 100, 1500][fault.step]! * moment.spanS));
    grow(moment, 'link.rx_packets', [1000, 5000, 20_000][fault.step]! * moment.spanS);
    loseSegments(moment, fault, [0.004, 0.02, 0.06][fault.step]!);
  },
};
