import type { Kind } from '../kind.ts';

/** Settings from old advice, and nothing else. */
export const kind: Kind = {
  id: 'harmful-or-ineffective-sysctl',
  cause: null,
  whole: true,
  needs: [],
  also: [],
  prepare: (settings) => {
    settings.sysctl['net.ipv4.tcp_abort_on_overflow'] = '1';
    settings.sysctl['net.ipv4.tcp_fin_timeout'] = '10';
  },
  during: () => undefined,
};
