import type { Kind } from '../kind.ts';
import { grow } from '../moment.ts';
import { unansweredCloses } from '../unanswered-closes.ts';

/** Sockets that nobody owns and nobody answers come near a low tcp_max_orphans. */
export const kind: Kind = {
  id: 'orphan-limit',
  cause: 'orphan-limit',
  needs: [['sockstat']],
  also: ['last-ack-stuck'],
  prepare: (settings) => {
    settings.sysctl['net.ipv4.tcp_max_orphans'] = '300';
  },
  during: (moment, fault) => {
    unansweredCloses(moment, fault, [1.5, 2.5, 4][fault.step]!);
    moment.orphans = Math.min(300, moment.orphans);
    // The kernel counts many of them twice, and four times.
    if (moment.orphans < 200) return;
    grow(moment, 'TcpExtTCPAbortOnMemory', fault.noise.count(2 * moment.spanS));
    if (fault.noise.chance(0.5)) moment.kernel.push({ event: 'orphans', message: 'TCP: too many orphaned sockets' });
  },
  after: (moment, fault, sinceS) => unansweredCloses(moment, fault, [1.5, 2.5, 4][fault.step]!, sinceS),
};
