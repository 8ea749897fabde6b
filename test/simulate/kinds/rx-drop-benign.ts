import type { Kind } from '../kind.ts';
import { grow } from '../moment.ts';

/** Frames of protocols nobody listens for are counted as drops. */
export const kind: Kind = {
  id: 'rx-drop-benign',
  cause: null,
  info: true,
  whole: true,
  needs: [['interface']],
  also: [],
  during: (moment, { step, noise }) => grow(moment, 'link.rx_dropped', noise.count([2, 8, 25][step]! * moment.spanS)),
};
