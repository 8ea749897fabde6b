import type { Program } from '../host.ts';
import type { Incident } from '../incident.ts';
import { CLIENTS } from '../lab.ts';

export const incident: Incident<{ slow?: Program }> = {
  title: 'clients that never end their request headers fill all workers',
  rootCause: 'slow-clients',
  mustNot: ['backend-timeout', 'syn-flood', 'close-wait-leak', 'backend-refused'],
  async setUp(lab) {
    await lab.application();
    await lab.apache({ workers: 60, startServers: 20, timeoutS: 120, more: 'RequestReadTimeout header=0 body=0' });
    await lab.visitors();
    return {};
  },
  async fault(lab, world) {
    world.slow = await lab.clientsOf({ mode: 'dribble', rate: 10, most: 120, from: CLIENTS.slice(50, 54), paths: [] });
  },
  lift: (_, world) => world.slow?.stop(),
};
