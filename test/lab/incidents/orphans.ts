import type { Incident } from '../incident.ts';

export const incident: Incident = {
  title: 'answers to one network are not acknowledged, and tcp_max_orphans allows few sockets without an owner',
  rootCause: 'orphan-limit',
  alone: true,
  mustNot: ['syn-flood', 'accept-queue-overflow', 'close-wait-leak', 'tcp-memory-pressure', 'mpm-saturated'],
  seconds: { fault: 70 },
  async setUp(lab) {
    await lab.application();
    await lab.apache();
    lab.machineSysctl('net.ipv4.tcp_max_orphans', 64);
    await lab.visitors();
  },
  fault: (lab) =>
    lab.clients.run('iptables -A INPUT -i eth0 -p tcp --sport 80 -d 198.51.100.32/27 --tcp-flags FIN FIN -j DROP'),
  lift: (lab) => lab.clients.run('iptables -F INPUT'),
};
