import type { Program } from '../host.ts';
import type { Incident } from '../incident.ts';

export const incident: Incident<Program> = {
  title: 'the application ends, and comes back',
  rootCause: 'backend-refused',
  mustNot: ['backend-timeout', 'mpm-saturated', 'syn-flood', 'ephemeral-port-exhaustion'],
  async setUp(lab) {
    const application = await lab.application();
    await lab.apache({ proxyOptions: 'retry=5' });
    await lab.visitors();
    return application;
  },
  fault: (_, application) => application.stop(),
  lift: (lab) => lab.application(),
};
