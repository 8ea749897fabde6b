import type { Habit } from '../kind.ts';
import { outgoing } from '../moment.ts';

/** Seconds that a closed connection stays. */
const TIME_WAIT_S = 60;

/** A nightly job calls a service again and again, a connection each: TIME_WAIT towards it, and ports enough. */
export const habit: Habit = {
  id: 'batch-calls',
  apply: (moments, noise) => {
    const first = Math.floor(noise.between(0, moments.length));
    const job = moments.slice(first, first + 3 + noise.count(8));
    const [begun, ended] = [job[0]!.atS - job[0]!.spanS, job.at(-1)!.atS];
    const perS = noise.between(2, 12);
    for (const moment of moments) {
      const closing = Math.min(moment.atS, ended) - Math.max(moment.atS - TIME_WAIT_S, begun);
      if (moment.atS < begun || closing <= 0) continue;
      const peer = '10.2.0.20:8443';
      moment.sockets.push(
        outgoing('ESTABLISHED', moment.atS <= ended ? noise.count(3) : 0, { peer }),
        outgoing('TIME_WAIT', noise.count(perS * closing), { peer, owned: false, tracked: 'TIME_WAIT' }),
      );
    }
  },
};
