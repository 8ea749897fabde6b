import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Incident } from '../incident.ts';
import { WEB } from '../lab.ts';

export const incident: Incident<{ flood?: ChildProcess }> = {
  title: 'spoofed SYNs to port 80, SYN cookies on',
  rootCause: 'syn-flood',
  says: 'syn-flood',
  mustNot: [
    'mpm-saturated',
    'backend-timeout',
    'syn-recv-lost-ack',
    'abusive-source',
    'slow-clients',
    'accept-queue-overflow',
  ],
  async setUp(lab) {
    lab.web.sysctl('net.core.somaxconn', 256);
    lab.web.sysctl('net.ipv4.tcp_max_syn_backlog', 256);
    await lab.application();
    await lab.apache();
    await lab.visitors();
    return {};
  },
  fault(lab, world) {
    const pauseUs = Math.round(2500 / lab.options.load);
    const argv = ['hping3', '-q', '-S', '-p', '80', '--rand-source', '-i', `u${pauseUs}`, WEB];
    world.flood = lab.clients.start(argv, join(lab.options.folder, 'logs/flood.log'));
  },
  lift: (lab) => lab.clients.run('pkill hping3'),
};
