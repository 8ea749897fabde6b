import type { Habit } from '../kind.ts';

/** The host forwards for others as well: connection tracking is up to half full with what has no socket here. */
export const habit: Habit = {
  id: 'forwards',
  apply: (moments, noise, settings) => {
    const share = noise.between(0.2, 0.45);
    for (const moment of moments) moment.trackedElsewhere += noise.count(share * settings.conntrackMax);
  },
};
