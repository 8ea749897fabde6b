import type { Fault } from './kind.ts';
import { grow, incoming, lasting, type Moment } from './moment.ts';

/** Seconds for which a FIN is sent again (tcp_orphan_retries 0 means 8). */
const TRIES_S = 106;
/** Seconds after which it was sent three times again. */
const THRICE_S = 3;

/** `perS` closes a second whose FIN nobody acknowledges; `endedS` ago it was the last one. */
export function unansweredCloses(moment: Moment, { forS }: Fault, perS: number, endedS = 0): void {
  const all = lasting(perS, TRIES_S, forS, endedS);
  const young = Math.min(all.count, endedS > THRICE_S ? 0 : Math.round(perS * THRICE_S));
  const more = { peer: 'network', owned: false, tracked: 'LAST_ACK', timer: 'on' } as const;
  const old = all.count - young;
  moment.sockets.push(
    incoming('LAST_ACK', old, { ...more, first: all.first, retrans: 4, timerMs: 9000 }),
    incoming('LAST_ACK', young, { ...more, first: all.first + old, retrans: 1, timerMs: 700 }),
  );
  moment.orphans += all.count;
  if (forS - endedS > TRIES_S) grow(moment, 'TcpExtTCPAbortOnTimeout', perS * moment.spanS);
  // Eight tries in that time, and all but the first of a try that was lost.
  grow(moment, 'TcpRetransSegs', all.count * (8 / TRIES_S) * moment.spanS);
  grow(moment, 'TcpExtTCPLostRetransmit', all.count * (7 / TRIES_S) * moment.spanS);
}
