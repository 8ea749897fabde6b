import type { Program } from '../host.ts';
import type { Incident } from '../incident.ts';
import { WEB } from '../lab.ts';

export const incident: Incident<Program> = {
  title: 'an application on the web server itself never closes what its clients have closed',
  rootCause: 'close-wait-leak',
  mustNot: ['overload-sequence', 'backend-timeout', 'mpm-saturated', 'syn-flood'],
  // The default trigger wants more than 200; they come by chance, and so many by then but once in a thousand.
  figureAfterS: (load) => (200 + 3 * Math.sqrt(200)) / (6 * load),
  async setUp(lab) {
    await lab.application();
    const local = await lab.application({ address: WEB, port: 9100 }, lab.web);
    await lab.apache();
    await lab.visitors({ rate: 12 });
    await lab.visitors({ rate: 6, keepAliveShare: 0, port: 9100, paths: [[1, '/report']] });
    return local;
  },
  fault: (_, local) => local.tell({ leaks: true }),
  lift: (_, local) => local.tell({ leaks: false }),
};
