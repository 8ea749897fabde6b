import { join } from 'node:path';
import type { Incident } from '../incident.ts';
import { CLIENTS, WEB } from '../lab.ts';

export const incident: Incident = {
  title: 'packets of connections that do not exist: connection tracking calls them invalid',
  rootCause: null,
  expects: ['conntrack-invalid-or-clash'],
  mustNot: ['conntrack-table-full', 'syn-flood', 'abusive-source', 'accept-queue-overflow'],
  async setUp(lab) {
    lab.web.sysctl('net.netfilter.nf_conntrack_tcp_loose', 0);
    await lab.application();
    await lab.apache();
    await lab.visitors();
  },
  fault(lab) {
    const argv = ['hping3', '-q', '-A', '-p', '80', '-a', CLIENTS[7]!, '-i', 'u10000', WEB];
    lab.clients.start(argv, join(lab.options.folder, 'logs/packets.log'));
  },
  lift: (lab) => lab.clients.run('pkill hping3'),
};
