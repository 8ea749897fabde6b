import type { Incident } from '../incident.ts';

export const incident: Incident = {
  title: 'the closing packets to one network are lost: connections stay half closed until retries end',
  rootCause: null,
  expects: ['last-ack-stuck'],
  mustNot: ['overload-sequence', 'syn-flood', 'close-wait-leak', 'accept-queue-overflow'],
  seconds: { fault: 80 },
  async setUp(lab) {
    await lab.application();
    await lab.apache();
    await lab.visitors();
  },
  fault: (lab) =>
    lab.clients.run('iptables -A INPUT -i eth0 -p tcp --sport 80 -d 198.51.100.32/27 --tcp-flags FIN FIN -j DROP'),
  lift: (lab) => lab.clients.run('iptables -F INPUT'),
};
