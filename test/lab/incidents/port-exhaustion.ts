import type { Program } from '../host.ts';
import type { Incident } from '../incident.ts';

export const incident: Incident<{ surge?: Program }> = {
  title: 'each request to the application takes a new connection, and 1,000 local ports are too few for the surge',
  rootCause: 'ephemeral-port-exhaustion',
  // About 55 connections a second take 800 of 1,000 ports.
  showsAfterS: (load) => 800 / (55 * load),
  mustNot: ['backend-refused', 'backend-timeout', 'conntrack-table-full', 'syn-flood', 'mpm-saturated'],
  async setUp(lab) {
    lab.web.sysctl('net.ipv4.ip_local_port_range', '40000 40999');
    await lab.application({ closesLast: true });
    await lab.apache({ proxyOptions: 'disablereuse=On' });
    await lab.visitors({ rate: 15 });
    return {};
  },
  async fault(lab, world) {
    world.surge = await lab.visitors({ rate: 50, keepAliveShare: 0, paths: [[1, '/app/catalog?id=7']] });
  },
  lift: (_, world) => world.surge?.stop(),
};
