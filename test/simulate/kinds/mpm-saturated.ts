import type { Kind } from '../kind.ts';
import { slowPages } from '../slow-pages.ts';

/** Slow pages take all workers; no backend is in it. */
export const kind: Kind = {
  id: 'mpm-saturated',
  cause: 'mpm-saturated',
  needs: [['apache-status', 'error-log']],
  also: ['monitor-probe-failed'],
  during: slowPages,
};
