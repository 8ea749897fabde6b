import type { Habit } from '../kind.ts';
import { grow } from '../moment.ts';

/** A train full of phones: some loss for a sample or two, and a lone sample with more. */
export const habit: Habit = {
  id: 'lossy-moment',
  apply: (moments, noise) => {
    const first = Math.floor(noise.between(0, moments.length));
    for (const moment of moments.slice(first, first + 1 + noise.count(1)))
      grow(moment, 'TcpRetransSegs', noise.count(0.2 * moment.spanS));
    const alone = moments[Math.floor(noise.between(0, moments.length))]!;
    grow(alone, 'TcpRetransSegs', noise.count(1.5 * alone.spanS));
  },
};
