import type { Incident } from '../incident.ts';

export const incident: Incident = {
  title: 'six per cent of the packets to and from clients are lost',
  rootCause: 'tcp-retransmission',
  mustNot: [
    'syn-flood',
    'accept-queue-overflow',
    'backend-timeout',
    'mpm-saturated',
    'pmtu-blackhole',
    'abusive-source',
  ],
  async setUp(lab) {
    await lab.application();
    await lab.apache();
    // Without this a lost packet of the lab is a lost bundle of many.
    for (const host of [lab.clients, lab.web]) host.run('ethtool -K eth0 tso off gso off gro off');
    await lab.visitors({ rate: 30 });
  },
  fault: (lab) =>
    lab.clients.run(
      'for c in INPUT OUTPUT; do iptables -A $c -p tcp -m statistic --mode random --probability 0.06 -j DROP; done',
    ),
  lift: (lab) => lab.clients.run('iptables -F INPUT; iptables -F OUTPUT'),
};
