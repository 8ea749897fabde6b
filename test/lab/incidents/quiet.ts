import type { Incident } from '../incident.ts';

export const incident: Incident = {
  title: 'usual visitors, nothing else',
  rootCause: null,
  mustNot: [],
  seconds: { warmUp: 66, baseline: 60, fault: 30, recovery: 30 },
  async setUp(lab) {
    await lab.application();
    await lab.apache();
    await lab.visitors();
  },
};
