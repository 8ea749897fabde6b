import type { Fault } from './kind.ts';
import { incoming, type Moment } from './moment.ts';

/** Pages take seconds, and with them all workers; what comes then waits. */
export function slowPages(moment: Moment, { step, noise, settings, forS }: Fault): void {
  moment.busy = settings.workers;
  moment.letter = 'W';
  moment.answered = noise.chance([0.95, 0.8, 0.5][step]!);
  moment.queue = 5 + noise.count([8, 40, 150][step]!);
  for (const one of moment.requests) if (one.path === '/app') one.durationS = noise.between(3, 8);
  moment.sockets.push(incoming('ESTABLISHED', moment.queue, { owned: false }));
  if (step === 0 || forS > moment.spanS) return;
  const message = 'server reached MaxRequestWorkers setting, consider raising the MaxRequestWorkers setting';
  moment.errors.push({ count: 1, level: 'error', code: 'AH00161', errno: null, message, delayS: 0 });
}
