import type { Incident } from '../incident.ts';

export const incident: Incident = {
  title: 'a scan of the own network fills the neighbour table',
  rootCause: 'neighbor-overflow',
  alone: true,
  mustNot: ['syn-flood', 'conntrack-table-full', 'accept-queue-overflow', 'backend-refused', 'backend-timeout'],
  async setUp(lab) {
    await lab.application();
    await lab.apache({ proxyOptions: 'disablereuse=On' });
    await lab.visitors();
  },
  fault(lab) {
    for (const [number, limit] of [16, 32, 64].entries())
      lab.machineSysctl(`net.ipv4.neigh.default.gc_thresh${number + 1}`, limit);
    // bash sends to /dev/udp by itself: one packet to each address asks for its neighbour entry.
    const scan = 'while :; do for i in {2..220}; do echo >/dev/udp/10.20.0.$i/9; done; sleep 2; done';
    lab.web.start(['bash', '-c', scan], '/dev/null');
  },
  lift(lab) {
    lab.web.run('pkill -f "[e]cho >/dev/udp"');
    lab.restoreMachine();
  },
};
