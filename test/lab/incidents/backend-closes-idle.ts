import type { Program } from '../host.ts';
import type { Incident } from '../incident.ts';

export const incident: Incident<Program> = {
  title: 'the application closes idle connections sooner than Apache’s pool expects',
  rootCause: null,
  expects: ['close-wait-backend-pool'],
  mustNot: ['close-wait-leak', 'overload-sequence', 'backend-timeout', 'mpm-saturated'],
  async setUp(lab) {
    const application = await lab.application({ idleMs: 60_000 });
    await lab.apache({ startServers: 60, workers: 60, more: 'MinSpareServers 60\nMaxSpareServers 60' });
    await lab.visitors({ rate: 15 });
    return application;
  },
  fault: (_, application) => application.tell({ idleMs: 500 }),
  lift: (_, application) => application.tell({ idleMs: 60_000 }),
};
