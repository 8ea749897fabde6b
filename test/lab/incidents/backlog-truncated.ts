import type { Program } from '../host.ts';
import type { Incident } from '../incident.ts';

export const incident: Incident<{ burst?: Program }> = {
  title: 'ListenBacklog 4096, but net.core.somaxconn was 16 when Apache began to listen',
  rootCause: 'backlog-default-or-truncated',
  says: 'syn-flood',
  orElse: { 'accept-queue-overflow': 'the overflow is what the short limit does' },
  mustNot: ['mpm-saturated', 'backend-timeout', 'syn-flood', 'slow-clients'],
  async setUp(lab) {
    lab.web.sysctl('net.core.somaxconn', 16);
    await lab.application();
    await lab.apache({ startServers: 60, listenBacklog: 4096 });
    await lab.visitors({ rate: 15 });
    return {};
  },
  async fault(lab, world) {
    world.burst = await lab.bursts();
  },
  lift: (_, world) => world.burst?.stop(),
};
