import type { Habit } from '../kind.ts';
import { grow } from '../moment.ts';

/** Frames that nobody asked for, a few packets that fit no connection, a squeezed CPU. */
export const habit: Habit = {
  id: 'stray-frames',
  apply: (moments, noise) => {
    for (const moment of moments) {
      grow(moment, 'link.rx_dropped', noise.count(0.5 * moment.spanS));
      grow(moment, 'track.invalid', noise.count(0.2 * moment.spanS));
      grow(moment, 'softnet.time_squeeze', noise.count(0.1 * moment.spanS));
    }
    grow(moments[Math.floor(noise.between(0, moments.length))]!, 'softnet.dropped', noise.count(3));
    grow(moments[Math.floor(noise.between(0, moments.length))]!, 'link.rx_crc', noise.count(1));
  },
};
