import type { Program } from '../host.ts';
import type { Incident } from '../incident.ts';

export const incident: Incident<{ more?: Program }> = {
  title: 'three times the visitors, and capacity for them',
  rootCause: null,
  mustNot: ['mpm-saturated', 'abusive-source', 'accept-queue-overflow', 'syn-flood'],
  async setUp(lab) {
    await lab.application();
    await lab.apache({ startServers: 60 });
    await lab.visitors();
    return {};
  },
  async fault(lab, world) {
    world.more = await lab.visitors({ rate: 40 });
  },
  lift: (_, world) => world.more?.stop(),
};
