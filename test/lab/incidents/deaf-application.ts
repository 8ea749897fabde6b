import type { Program } from '../host.ts';
import type { Incident } from '../incident.ts';
import { WEB } from '../lab.ts';

export const incident: Incident<{ local: Program; uploads?: Program }> = {
  title: 'an application on the web server stops reading what clients upload',
  rootCause: null,
  expects: ['receiver-slow'],
  mustNot: ['syn-flood', 'tcp-retransmission', 'accept-queue-overflow', 'mpm-saturated', 'pmtu-blackhole'],
  async setUp(lab) {
    await lab.application();
    const local = await lab.application({ address: WEB, port: 9100 }, lab.web);
    await lab.apache();
    await lab.visitors({ rate: 15 });
    return { local };
  },
  async fault(lab, world) {
    world.local.tell({ deaf: true });
    world.uploads = await lab.clientsOf({ mode: 'pour', rate: 1, most: 30, port: 9100, paths: [[1, '/upload']] });
  },
  lift: (_, world) => world.uploads?.stop(),
};
