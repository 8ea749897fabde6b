import { backlogOf, grow, incoming, type Moment, outgoing, repeatHandshakes, type Settings } from './moment.ts';
import type { Noise } from './noise.ts';

/** Most requests of one sample: what is told apart are shares and times, not rates. */
const MOST_REQUESTS = 24;

/** Moments of a host that nothing ails, without what follows from its load. */
export function bareMoments(samples: number, intervalS: number): Moment[] {
  return Array.from({ length: samples }, (_, n) => ({
    n,
    atS: n * intervalS,
    spanS: intervalS,
    load: 1,
    boot: 0,
    lost: false,
    sockets: [],
    requests: [],
    errors: [],
    kernel: [],
    queue: 0,
    busy: 0,
    letter: 'W',
    answered: true,
    growth: {},
    trackedElsewhere: 0,
    lossShare: 0.003,
    orphans: 0,
    tcpPages: 0,
    freeMemory: 0.5,
  }));
}

/** Fills in what a web server at that load shows. Habits have set the load before. */
export function liveThrough(moments: readonly Moment[], noise: Noise, settings: Settings): void {
  let wander = 0;
  for (const moment of moments) {
    wander = 0.8 * wander + 0.6 * noise.size * noise.gauss();
    const load = moment.load * Math.exp(wander - noise.size ** 2 / 2);
    const span = moment.spanS;
    moment.busy = Math.min(Math.round(0.8 * settings.workers), moment.busy + noise.count(7 * load));
    moment.queue = noise.chance(0.1) ? Math.min(noise.count(load), Math.floor(backlogOf(settings) / 8)) : 0;
    moment.sockets.push(
      incoming('ESTABLISHED', noise.count(12 * load)),
      incoming('TIME_WAIT', noise.count(12 * load), { owned: false, tracked: 'TIME_WAIT' }),
      incoming('SYN_RECV', noise.count(0.8 * load), { owned: false, tracked: 'ESTABLISHED' }),
      incoming('FIN_WAIT2', noise.count(4 * load), { owned: false, tracked: 'FIN_WAIT' }),
      incoming('FIN_WAIT1', noise.count(0.5 * load), { owned: false, tracked: 'FIN_WAIT' }),
      incoming('LAST_ACK', noise.count(0.3 * load), { owned: false, tracked: 'LAST_ACK' }),
      incoming('CLOSE_WAIT', noise.count(0.5 * load), { tracked: 'CLOSE_WAIT' }),
      outgoing('ESTABLISHED', 2 + noise.count(3 * load)),
      outgoing('TIME_WAIT', noise.count(5 * load), { owned: false, tracked: 'TIME_WAIT' }),
    );
    moment.trackedElsewhere += noise.count(20 * Math.sqrt(load));
    moment.orphans += noise.count(2 * load);
    moment.tcpPages += noise.count(300 * load);
    moment.freeMemory *= noise.between(0.9, 1.1);
    const requests = Math.min(MOST_REQUESTS, noise.count(Math.min(MOST_REQUESTS, 3 * span) * Math.min(2, load)));
    const application = Math.round(requests / 2);
    moment.requests.push(
      { count: application, path: '/app', status: 200, durationS: 0.08 * noise.factor(0.2) },
      { count: requests - application, path: '/style.css', status: 200, durationS: 0.001 },
    );
    const rates: Readonly<Record<string, number>> = {
      TcpPassiveOpens: 4 * load,
      TcpActiveOpens: 2 * load,
      TcpAttemptFails: 0.05 * load,
      TcpEstabResets: 0.2 * load,
      TcpOutRsts: 0.4 * load,
      TcpExtTCPTimeouts: 0.2 * load,
      TcpExtTCPAbortOnData: 0.1 * load,
      TcpInSegs: 120 * load,
      TcpOutSegs: 140 * load,
      TcpExtTCPOrigDataSent: 110 * load,
      TcpExtTCPDSACKRecv: 0.1 * load,
      'link.rx_packets': 130 * load,
      'link.tx_packets': 150 * load,
      'softnet.processed': 140 * load,
      'softnet.time_squeeze': 0.02 * load,
      'track.invalid': 0.05 * load,
    };
    for (const [name, rate] of Object.entries(rates)) grow(moment, name, noise.count(rate * span));
    grow(moment, 'TcpRetransSegs', noise.count(moment.lossShare * (moment.growth['TcpExtTCPOrigDataSent'] ?? 0)));
    repeatHandshakes(moment, noise.count(0.15 * load * span));
  }
}
