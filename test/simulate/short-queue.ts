import type { Fault } from './kind.ts';
import { backlogOf, grow, incoming, type Moment, repeatHandshakes } from './moment.ts';

/** Bursts of clients fill the accept queue while most workers are idle. */
export function shortQueue(moment: Moment, fault: Fault): void {
  const { noise, settings, step } = fault;
  const limit = backlogOf(settings);
  moment.busy = Math.min(Math.round(0.6 * settings.workers), moment.busy + noise.count(8));
  moment.queue = noise.chance([0.4, 0.7, 1][step]!) ? limit + 1 : Math.round(limit * noise.between(0.2, 0.9));
  const dropped = noise.count([3, 20, 120][step]! * moment.spanS);
  grow(moment, 'TcpExtListenOverflows', dropped);
  grow(moment, 'TcpExtListenDrops', dropped);
  repeatHandshakes(moment, dropped / 2);
  moment.sockets.push(
    incoming('SYN_RECV', noise.count([8, 20, 40][step]!), { owned: false }),
    incoming('ESTABLISHED', moment.queue, { owned: false }),
  );
}
