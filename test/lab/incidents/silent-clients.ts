import type { Program } from '../host.ts';
import type { Incident } from '../incident.ts';

export const incident: Incident<{ silent?: Program }> = {
  title: 'clients connect and say nothing: the kernel keeps them as SYN_RECV (TCP_DEFER_ACCEPT), nobody is harmed',
  rootCause: null,
  expects: ['syn-recv-deferred-accept'],
  mustNot: ['syn-flood', 'syn-recv-lost-ack', 'accept-queue-overflow', 'abusive-source'],
  async setUp(lab) {
    await lab.application();
    await lab.apache();
    await lab.visitors();
    return {};
  },
  async fault(lab, world) {
    world.silent = await lab.clientsOf({ mode: 'silent', rate: 4, paths: [] });
  },
  lift: (_, world) => world.silent?.stop(),
};
