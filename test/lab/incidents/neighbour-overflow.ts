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
    lab.web.start(
      [
        'sh',
        '-c',
        'while :; do for i in $(seq 2 200); do ping -c 1 -W 1 10.20.0.$i >/dev/null 2>&1 & done; sleep 4; done',
      ],
      '/dev/null',
    );
  },
  lift(lab) {
    lab.web.run('pkill -f "[s]eq 2 200"');
    lab.restoreMachine();
  },
};
