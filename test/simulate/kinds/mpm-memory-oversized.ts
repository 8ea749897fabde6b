import type { Kind } from '../kind.ts';

/** The configuration allows more workers than the memory holds; nothing has happened yet. */
export const kind: Kind = {
  id: 'mpm-memory-oversized',
  cause: null,
  whole: true,
  needs: [['process'], ['memory']],
  also: [],
  prepare: (settings) => {
    settings.workers = 400;
  },
  during: () => undefined,
};
