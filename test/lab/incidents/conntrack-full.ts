import type { Program } from '../host.ts';
import type { Incident } from '../incident.ts';
import { CLIENTS } from '../lab.ts';

export const incident: Incident<{ surge?: Program }> = {
  title: 'more flows than nf_conntrack_max allows',
  rootCause: 'conntrack-table-full',
  // A hundred connections a second fill what is left of the table.
  showsAfterS: (load) => 2250 / (100 * load),
  alone: true,
  mustNot: ['accept-queue-overflow', 'mpm-saturated', 'syn-flood', 'backend-refused', 'syn-recv-lost-ack'],
  async setUp(lab) {
    lab.web.sysctl('net.netfilter.nf_conntrack_tcp_timeout_time_wait', 120);
    await lab.application();
    await lab.apache();
    lab.machineSysctl('net.netfilter.nf_conntrack_max', 2500);
    await lab.visitors({ rate: 5 });
    return {};
  },
  async fault(lab, world) {
    world.surge = await lab.visitors({ rate: 100, from: CLIENTS.slice(20), keepAliveShare: 0, most: 900 });
  },
  lift(lab, world) {
    lab.restoreMachine();
    world.surge?.stop();
  },
};
