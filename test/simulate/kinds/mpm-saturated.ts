import type { Kind } from '../kind.ts';
import { incoming } from '../moment.ts';

/** Slow pages take all workers; no backend is in it. */
export const kind: Kind = {
  id: 'mpm-saturated',
  cause: 'mpm-saturated',
  needs: [['apache-status', 'error-log']],
  also: [],
  during: (moment, { step, noise, settings, forS }) => {
    moment.busy = settings.workers;
    moment.letter = 'W';
    moment.answered = noise.chance([0.95, 0.8, 0.5][step]!);
    moment.queue = 5 + noise.count([8, 40, 150][step]!);
    for (const one of moment.requests) if (one.path === '/app') one.durationS = noise.between(3, 8);
    moment.sockets.push(incoming('ESTABLISHED', moment.queue, { owned: false }));
    if (step === 0 || forS > moment.spanS) return;
    const message = 'server reached MaxRequestWorkers setting, consider raising the MaxRequestWorkers setting';
    moment.errors.push({ count: 1, level: 'error', code: 'AH00161', errno: null, message, delayS: 0 });
  },
};
