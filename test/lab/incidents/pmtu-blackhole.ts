import type { Incident } from '../incident.ts';

export const incident: Incident = {
  title: 'on the way to one network large packets vanish without a word',
  rootCause: 'pmtu-blackhole',
  mustNot: ['tcp-retransmission', 'syn-flood', 'accept-queue-overflow', 'backend-timeout', 'slow-clients'],
  seconds: { fault: 70 },
  async setUp(lab) {
    await lab.application();
    await lab.apache();
    for (const host of [lab.clients, lab.web]) host.run('ethtool -K eth0 tso off gso off gro off');
    await lab.visitors();
  },
  fault: (lab) =>
    lab.clients.run('iptables -A INPUT -i eth0 -d 198.51.100.32/27 -m length --length 1401:65535 -j DROP'),
  lift: (lab) => lab.clients.run('iptables -F INPUT'),
};
