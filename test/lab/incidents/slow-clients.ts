import type { Program } from '../host.ts';
import type { Incident } from '../incident.ts';
import { CLIENTS } from '../lab.ts';

export const incident: Incident<{ slow?: Program }> = {
  title: 'clients that never end their request headers fill all workers',
  rootCause: 'slow-clients',
  mustNot: ['backend-timeout', 'syn-flood', 'close-wait-leak', 'backend-refused'],
  // The 20 workers that run are taken after 2 s. Those that come in a second wait two seconds later: Apache starts 7 more workers meanwhile.
  figureAfterS: (load) => 2 / load + 2,
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
