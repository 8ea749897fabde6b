import type { Habit } from '../kind.ts';
import { BACKEND, grow } from '../moment.ts';

/** What every proxy logs now and then: an idle connection that the backend closed, one slow request, one refused. */
export const habit: Habit = {
  id: 'backend-hiccup',
  apply: (moments, noise, settings) => {
    const pick = () => moments[Math.floor(noise.between(0, moments.length))]!;
    const reading = `error reading status line from remote server ${BACKEND}`;
    for (let i = noise.count(3); i > 0; i--)
      pick().errors.push({ count: 1, level: 'error', code: 'AH01102', errno: 20014, message: reading, delayS: 0 });
    const slow = pick();
    slow.requests.push({ count: 1, path: '/app', status: 502, durationS: settings.proxyTimeoutS });
    slow.errors.push({
      count: 1,
      level: 'error',
      code: 'AH01102',
      errno: 70007,
      message: reading,
      delayS: settings.proxyTimeoutS,
    });
    const refused = pick();
    const message = `HTTP: attempt to connect to ${BACKEND} (10.2.0.1) failed`;
    refused.errors.push({ count: 1, level: 'error', code: 'AH00957', errno: 111, message, delayS: 0 });
    grow(refused, 'TcpAttemptFails', 1);
  },
};
