import type { Program } from '../host.ts';
import type { Incident } from '../incident.ts';
import { APP_PATHS, CLIENTS, type Lab } from '../lab.ts';

export const incident: Incident<Program> = {
  title: 'the application gets slow, then stops answering: workers run out, clients give up and are gone',
  rootCause: 'backend-timeout',
  says: 'syn-flood',
  mustNot: [
    'syn-flood',
    'conntrack-table-full',
    'ephemeral-port-exhaustion',
    'close-wait-leak',
    'syn-recv-lost-ack',
    'abusive-source',
  ],
  expects: ['overload-sequence'],
  seconds: { fault: 70, recovery: 45 },
  // 16 workers run, and 13 requests a second wait 8 s each; a second later those wait that come in one.
  figureAfterS: (load) => 16 / (13 * load) + 1,
  async setUp(lab) {
    const application = await lab.application();
    await lab.apache({ workers: 32, listenBacklog: 64, startServers: 16 });
    forgetfulRouter(lab);
    await lab.visitors({
      from: CLIENTS.slice(0, 48),
      paths: APP_PATHS,
      patienceS: [13, 19],
      thinkS: [0.05, 0.4],
      most: 900,
    });
    return application;
  },
  async fault(_, application) {
    application.tell({ delayMs: 8000 });
    await new Promise((resolve) => setTimeout(resolve, 18_000));
    application.signal('STOP');
  },
  lift(_, application) {
    application.signal('CONT');
    application.tell({ delayMs: null });
  },
};

/** As routers of homes and mobile networks do: a flow is forgotten soon after the client's FIN, what comes then is dropped. */
function forgetfulRouter(lab: Lab): void {
  lab.clients.run('iptables -A INPUT -i eth0 -m conntrack --ctstate INVALID -j DROP');
  for (const state of ['fin_wait', 'close_wait', 'last_ack'])
    lab.clients.sysctl(`net.netfilter.nf_conntrack_tcp_timeout_${state}`, 4);
  lab.clients.sysctl('net.netfilter.nf_conntrack_tcp_loose', 0);
}
