import type { Kind } from '../kind.ts';
import { incoming } from '../moment.ts';

/** A few addresses begin requests and never end them: each holds a worker. */
export const kind: Kind = {
  id: 'slow-clients',
  cause: 'slow-clients',
  needs: [['ss']],
  also: ['mpm-saturated', 'accept-queue-overflow', 'monitor-probe-failed'],
  samples: 6,
  prepare: (settings) => {
    settings.workers = 120;
  },
  during: (moment, { step, noise, settings, forS }) => {
    const most = [60, 90, settings.workers][step]!;
    const held = Math.min(most, Math.ceil((most * forS) / 20));
    // A header line of a few bytes now and then.
    const bytes = { received: 60 + 8 * moment.n, sent: 0, acked: 0 };
    for (const last of [71, 72, 73])
      moment.sockets.push(
        incoming('ESTABLISHED', held / 3, { peer: `192.0.2.${last}`, first: 0, bytes, silentMs: 4000 }),
      );
    moment.busy = Math.min(settings.workers, moment.busy + held);
    moment.letter = 'R';
    if (moment.busy < settings.workers) return;
    moment.answered = noise.chance(0.3);
    moment.queue = 5 + noise.count(40);
    moment.sockets.push(incoming('ESTABLISHED', moment.queue, { owned: false }));
  },
};
