import type { Kind } from '../kind.ts';
import { incoming, type Moment } from '../moment.ts';

/** An application of the host never closes what its clients have closed. */
export const kind: Kind = {
  id: 'close-wait-leak',
  cause: 'close-wait-leak',
  needs: [['ss']],
  also: [],
  samples: 12,
  without: ['reboot'],
  prepare: (settings) => {
    settings.ports = [9100];
  },
  during: (moment, { step, forS }) => leaked(moment, [4, 8, 20][step]! * Math.floor(forS / moment.spanS)),
  after: (moment, { step, forS }, sinceS) =>
    leaked(moment, [4, 8, 20][step]! * Math.floor((forS - sinceS) / moment.spanS)),
};

function leaked(moment: Moment, count: number): void {
  const more = { port: 9100, process: 'reportd', tracked: null, first: 0 };
  moment.sockets.push(incoming('CLOSE_WAIT', Math.min(600, count), more));
}
