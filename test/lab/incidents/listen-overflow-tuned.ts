import type { Program } from '../host.ts';
import type { Incident } from '../incident.ts';

export const incident: Incident<{ burst?: Program }> = {
  title: 'the load of listen-overflow with ListenBacklog 1024',
  rootCause: null,
  mustNot: ['accept-queue-overflow', 'mpm-saturated', 'backend-timeout', 'syn-flood', 'slow-clients'],
  async setUp(lab) {
    lab.web.sysctl('net.core.somaxconn', 4096);
    await lab.application();
    await lab.apache({ startServers: 60, listenBacklog: 1024 });
    await lab.visitors({ rate: 15 });
    return {};
  },
  async fault(lab, world) {
    world.burst = await lab.bursts();
  },
  lift: (_, world) => world.burst?.stop(),
};
