import type { Incident } from '../incident.ts';

export const incident: Incident = {
  title: 'MaxRequestWorkers allows more processes than the memory holds; nothing has happened yet',
  rootCause: null,
  expects: ['mpm-memory-oversized'],
  mustNot: ['mpm-saturated', 'accept-queue-overflow', 'backend-timeout', 'syn-flood'],
  async setUp(lab) {
    await lab.application();
    await lab.apache({ workers: 20_000 });
    await lab.visitors();
  },
};
