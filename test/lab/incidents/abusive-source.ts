import type { Program } from '../host.ts';
import type { Incident } from '../incident.ts';
import { CLIENTS } from '../lab.ts';

export const incident: Incident<{ abuse?: Program[] }> = {
  title: 'one address holds hundreds of connections and asks for what does not exist',
  rootCause: 'abusive-source',
  mustNot: ['syn-flood', 'backend-timeout', 'close-wait-leak', 'syn-recv-lost-ack'],
  async setUp(lab) {
    await lab.application();
    await lab.apache({ mpm: 'event', workers: 400 });
    await lab.visitors();
    return {};
  },
  async fault(lab, world) {
    const from = [CLIENTS[58]!];
    world.abuse = [
      await lab.clientsOf({
        mode: 'hold',
        rate: 20,
        most: 300,
        from,
        agent: 'python-requests/2.31',
        paths: [[1, '/wp-login.php']],
      }),
      await lab.clientsOf({
        mode: 'visits',
        rate: 40,
        from,
        agent: 'python-requests/2.31',
        paths: [
          [1, '/xmlrpc.php'],
          [1, '/.env'],
        ],
      }),
    ];
  },
  lift: (_, world) => world.abuse?.forEach((program) => program.stop()),
};
