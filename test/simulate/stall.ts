import type { Fault } from './kind.ts';
import { BACKEND, backlogOf, grow, incoming, type Moment, outgoing } from './moment.ts';
import { unansweredCloses } from './unanswered-closes.ts';

const READING = `error reading status line from remote server ${BACKEND}`;
/** Time-outs a minute. */
const RATES = [10, 40, 120];
const MOST_LINES = 60;
/** Seconds until the first worker is free again and closes for a client that is gone; such closes a second. */
const LATE_S = 40;
const LATE_CLOSES = 0.6;

/** A backend that does not answer: waits, and where they take all workers, a queue and clients who give up. */
export function stall(moment: Moment, fault: Fault, crowd = 1): void {
  const { noise, settings } = fault;
  const wait = settings.proxyTimeoutS;
  const waits = Math.min(MOST_LINES, noise.count((RATES[fault.step]! / 60) * moment.spanS));
  const usual = moment.requests.find((one) => one.path === '/app');
  if (usual) usual.count = Math.max(0, usual.count - waits);
  moment.requests.push({ count: waits, path: '/app', status: 502, durationS: wait });
  moment.errors.push({ count: waits, level: 'error', code: 'AH01102', errno: 70007, message: READING, delayS: wait });
  moment.sockets.push(outgoing('ESTABLISHED', noise.count([4, 12, 40][fault.step]!)));
  if (fault.strength !== 'strong') {
    moment.busy = Math.min(settings.workers - 2, moment.busy + noise.count([3, 12][fault.step]!));
    return;
  }
  const full = Math.min(1, fault.forS / 20);
  if (full < 1) {
    moment.busy = Math.max(moment.busy, Math.round(full * settings.workers));
    return;
  }
  moment.busy = settings.workers;
  moment.answered = noise.chance(0.7);
  const limit = backlogOf(settings);
  moment.queue = limit + 1;
  grow(moment, 'TcpExtListenOverflows', noise.count(8 * crowd * moment.spanS));
  grow(moment, 'TcpExtListenDrops', noise.count(8 * crowd * moment.spanS));
  moment.sockets.push(
    incoming('SYN_RECV', noise.count(50 * crowd), { owned: false }),
    incoming('CLOSE_WAIT', noise.count(60 * crowd), { owned: false, tracked: 'CLOSE_WAIT' }),
    incoming('CLOSE_WAIT', noise.count(20), { tracked: 'CLOSE_WAIT' }),
  );
  if (fault.forS > LATE_S) unansweredCloses(moment, { ...fault, forS: fault.forS - LATE_S }, LATE_CLOSES * crowd);
}

/** Late closes of those who gave up go unanswered for some minutes. */
export function stallAftermath(moment: Moment, fault: Fault, sinceS: number, crowd = 1): void {
  if (fault.strength !== 'strong' || fault.forS - sinceS < LATE_S) return;
  unansweredCloses(moment, { ...fault, forS: fault.forS - LATE_S }, LATE_CLOSES * crowd, sinceS);
}
