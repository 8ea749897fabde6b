import type { Program } from '../host.ts';
import type { Incident } from '../incident.ts';

export const incident: Incident<{ more?: Program }> = {
  title: 'many visitors at once keep their connections, and each holds a prefork worker for KeepAliveTimeout',
  rootCause: 'mpm-saturated',
  // 12 connections a second, each of which keeps one of 40 workers.
  showsAfterS: (load) => 40 / (12 * load),
  mustNot: ['backend-timeout', 'backend-refused', 'syn-flood', 'close-wait-leak', 'abusive-source', 'slow-clients'],
  async setUp(lab) {
    await lab.application();
    await lab.apache({ workers: 40, startServers: 20, keepAliveTimeoutS: 15 });
    await lab.visitors({ rate: 8, keepAliveShare: 0 });
    return {};
  },
  async fault(lab, world) {
    world.more = await lab.clientsOf({ mode: 'hold', rate: 12, most: 400, paths: [[1, '/index.html']] });
  },
  lift: (_, world) => world.more?.stop(),
};
