import { UTCDate } from '@date-fns/utc/date';
import { format } from 'date-fns/format';
import { offset } from '../text/time.ts';
import type { Span } from './draw.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Distances of ticks that a reader counts in, in milliseconds. */
export const TICK_STEPS: readonly number[] = [
  ...[0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30].map((step) => step * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((step) => step * MINUTE),
  ...[1, 2, 3, 6, 12].map((step) => step * HOUR),
  ...[1, 2, 7, 14, 28].map((step) => step * DAY),
];

/** A mark on the time axis. */
export interface Tick {
  readonly at: number;
  readonly label: string;
}

/** Where a time lies within the span, in per cent. */
export function percent(at: number, span: Span): number {
  return Math.round(((at - span.from) / Math.max(span.to - span.from, 1)) * 100_000) / 1000;
}

/** At most `most` ticks at round UTC times within the span; `shiftMs`: what a clock shows there that is so far ahead. */
export function clockTicks(span: Span, most: number, shiftMs: (at: number) => number = () => 0): readonly Tick[] {
  const step = stepFor(span, most);
  return ticks(span, 0, step).map((at) => ({ at, label: format(new UTCDate(at + shiftMs(at)), clockPattern(step)) }));
}

/** At most `most` ticks at round distances from the onset. */
export function onsetTicks(span: Span, onset: number, most: number): readonly Tick[] {
  return ticks(span, onset, stepFor(span, most)).map((at) => ({
    at,
    label: at === onset ? '0 s' : offset((at - onset) / SECOND),
  }));
}

function stepFor(span: Span, most: number): number {
  return TICK_STEPS.find((step) => (span.to - span.from) / step <= most) ?? TICK_STEPS.at(-1)!;
}

function ticks(span: Span, origin: number, step: number): readonly number[] {
  const first = origin + Math.ceil((span.from - origin) / step) * step;
  const count = Math.max(0, Math.floor((span.to - first) / step) + 1);
  return Array.from({ length: count }, (_, i) => first + i * step);
}

function clockPattern(step: number): string {
  if (step < SECOND) return 'HH:mm:ss.S';
  if (step < MINUTE) return 'HH:mm:ss';
  return step < DAY ? 'HH:mm' : 'd MMM';
}
