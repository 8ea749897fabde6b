import type { Program } from '../host.ts';
import type { Incident } from '../incident.ts';

export const incident: Incident<{ surge?: Program }> = {
  title: 'tcp_max_tw_buckets was lowered to 2,000; a surge of short connections goes past it',
  rootCause: null,
  expects: ['time-wait-overflow', 'harmful-or-ineffective-sysctl'],
  mustNot: ['ephemeral-port-exhaustion', 'syn-flood', 'accept-queue-overflow', 'mpm-saturated'],
  async setUp(lab) {
    lab.web.sysctl('net.ipv4.tcp_max_tw_buckets', 2000);
    await lab.application();
    await lab.apache();
    await lab.visitors({ rate: 10 });
    return {};
  },
  async fault(lab, world) {
    world.surge = await lab.visitors({ rate: 80, keepAliveShare: 0, paths: [[1, '/index.html']] });
  },
  lift: (_, world) => world.surge?.stop(),
};
