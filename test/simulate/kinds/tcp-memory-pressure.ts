import type { Kind } from '../kind.ts';
import { grow } from '../moment.ts';

/** All of TCP holds as much memory as tcp_mem allows. */
export const kind: Kind = {
  id: 'tcp-memory-pressure',
  cause: 'tcp-memory-pressure',
  needs: [['sockstat']],
  also: [],
  during: (moment, { step, noise, forS }) => {
    moment.tcpPages = Math.round([115_000, 125_000, 175_000][step]! * noise.factor(0.01));
    if (step === 0) return;
    if (forS <= moment.spanS || noise.chance(0.1)) grow(moment, 'TcpExtTCPMemoryPressures', 1);
    grow(moment, 'TcpExtTCPRcvQDrop', noise.count([0, 5, 40][step]! * moment.spanS));
    if (step === 2 && noise.chance(0.3))
      moment.kernel.push({ event: 'tcp_mem', message: 'TCP: out of memory -- consider tuning tcp_mem' });
  },
};
