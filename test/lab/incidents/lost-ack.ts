import type { Incident } from '../incident.ts';

const RULE =
  'INPUT -i eth0 -p tcp --dport 80 -s 198.51.100.32/27 --tcp-flags SYN,ACK,FIN,RST ACK -m conntrack --ctstate NEW,ESTABLISHED -j DROP';

export const incident: Incident = {
  title: 'a firewall in front drops the last packet of the handshake of one network',
  rootCause: 'syn-recv-lost-ack',
  mustNot: ['syn-flood', 'accept-queue-overflow', 'slow-clients', 'mpm-saturated', 'abusive-source'],
  // The server sends its answer again after a second.
  figureAfterS: () => 1.5,
  async setUp(lab) {
    await lab.application();
    await lab.apache();
    await lab.visitors();
  },
  // Where the client's host sends, before www1 and its connection tracking see it.
  fault: (lab) => lab.clients.run(`iptables -A ${RULE.replace('INPUT -i eth0', 'OUTPUT -o eth0')}`),
  lift: (lab) => lab.clients.run('iptables -F OUTPUT'),
};
