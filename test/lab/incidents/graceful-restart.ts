import type { Incident } from '../incident.ts';

export const incident: Incident = {
  title: 'a deployment: Apache is restarted gracefully under load',
  rootCause: null,
  mustNot: ['mpm-saturated', 'overload-sequence', 'backend-refused', 'accept-queue-overflow', 'syn-flood'],
  async setUp(lab) {
    await lab.application();
    await lab.apache({ startServers: 30 });
    await lab.visitors();
  },
  fault: (lab) => lab.web.run('kill -USR1 $(cat /run/apache2/apache2.pid)'),
};
