import type { Program } from '../host.ts';
import type { Incident } from '../incident.ts';

export const incident: Incident<{ burst?: Program }> = {
  title: 'ListenBacklog 5 is too short for bursts of 100 connections',
  rootCause: 'accept-queue-overflow',
  says: 'syn-flood',
  orElse: { 'backlog-default-or-truncated': 'the short limit is the reason of the overflow' },
  mustNot: ['mpm-saturated', 'backend-timeout', 'syn-flood', 'slow-clients'],
  async setUp(lab) {
    lab.web.sysctl('net.core.somaxconn', 4096);
    await lab.application();
    await lab.apache({ startServers: 60, listenBacklog: 5 });
    await lab.visitors({ rate: 15 });
    return {};
  },
  async fault(lab, world) {
    world.burst = await lab.bursts();
  },
  lift: (_, world) => world.burst?.stop(),
};
