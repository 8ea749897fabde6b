import type { Incident } from '../incident.ts';

export const incident: Incident = {
  title:
    'settings from old advice, and nothing else: tcp_abort_on_overflow, tcp_timestamps off, tcp_tw_reuse, tcp_fin_timeout 5',
  rootCause: null,
  expects: ['harmful-or-ineffective-sysctl'],
  mustNot: ['syn-flood', 'accept-queue-overflow', 'mpm-saturated', 'tcp-retransmission', 'ephemeral-port-exhaustion'],
  async setUp(lab) {
    lab.web.sysctl('net.ipv4.tcp_abort_on_overflow', 1);
    lab.web.sysctl('net.ipv4.tcp_timestamps', 0);
    lab.web.sysctl('net.ipv4.tcp_tw_reuse', 1);
    lab.web.sysctl('net.ipv4.tcp_fin_timeout', 5);
    await lab.application();
    await lab.apache();
    await lab.visitors();
  },
};
