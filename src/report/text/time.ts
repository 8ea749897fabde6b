import { UTCDate } from '@date-fns/utc/date';
import { format } from 'date-fns/format';
import type { Instant } from '../../analysis/document.ts';
import { duration } from '../../base/quantity.ts';

type When = Instant | number;

/** `20:46:09`, UTC. */
export function clock(at: When): string {
  return format(new UTCDate(at), 'HH:mm:ss');
}

/** `22 Nov 2026`, UTC. */
export function day(at: When): string {
  return format(new UTCDate(at), 'd MMM yyyy');
}

/** `2026-11-22 20:46:09`, UTC. */
export function stamp(at: When): string {
  return format(new UTCDate(at), 'yyyy-MM-dd HH:mm:ss');
}

/** Milliseconds since 1970. */
export function epochMs(at: When): number {
  return new UTCDate(at).getTime();
}

/** `20:45:57 – 20:47:16`; with the day in front of the second time when it is another one. */
export function timeSpan(start: When, end: When): string {
  return `${clock(start)} – ${day(start) === day(end) ? clock(end) : `${day(end)} ${clock(end)}`}`;
}

/** `+11 s`, `−4 min`: a signed distance to the onset. */
export function offset(seconds: number): string {
  return `${seconds < 0 ? '−' : '+'}${duration(Math.abs(seconds))}`;
}
