import type { Kind } from '../kind.ts';

/** The status page does not answer, though visitors are served: its listener was taken out of the configuration. */
export const kind: Kind = {
  id: 'monitor-probe-failed',
  cause: null,
  needs: [['apache-status']],
  also: [],
  during: (moment) => {
    moment.answered = false;
  },
};
