import type { Program } from '../host.ts';
import type { Incident } from '../incident.ts';
import { CLIENTS } from '../lab.ts';

export const incident: Incident<{ export?: Program }> = {
  title: 'the application never closes the connections of one URL, which one client asks for',
  rootCause: 'fin-wait2-jump',
  // A quarter of the rise, which lasts as long as the fault.
  showsAfterS: () => 13.5,
  mustNot: ['mpm-saturated', 'ephemeral-port-exhaustion', 'syn-flood', 'close-wait-leak'],
  async setUp(lab) {
    await lab.application({ forgets: '/app/export', closesLast: true });
    await lab.apache({ proxyOptions: 'disablereuse=On' });
    await lab.visitors({ rate: 15 });
    return {};
  },
  async fault(lab, world) {
    world.export = await lab.visitors({
      rate: 8,
      keepAliveShare: 0,
      from: [CLIENTS[16]!],
      paths: [[1, '/app/export/report.pdf']],
    });
  },
  lift: (_, world) => world.export?.stop(),
};
