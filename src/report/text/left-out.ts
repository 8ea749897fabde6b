import type { Postmortem } from '../../analysis/document.ts';
import { number } from '../../base/quantity.ts';
import { timeSpan } from './time.ts';

/** What the timeline had no room for, in words: `120 apache (warning), 33 kernel (info), 12:00:00 – 12:10:00`; empty where all is there. */
export function leftOutText(leftOut: Postmortem['timelineLeftOut']): string {
  if (leftOut.length === 0) return '';
  const sums = new Map<string, number>();
  for (const { kind, severity, entries } of leftOut) {
    const name = `${kind} (${severity})`;
    sums.set(name, (sums.get(name) ?? 0) + entries);
  }
  const from = leftOut.reduce((first, one) => (one.from < first ? one.from : first), leftOut[0]!.from);
  const to = leftOut.reduce((last, one) => (one.to > last ? one.to : last), leftOut[0]!.to);
  return `${[...sums].map(([name, entries]) => `${number(entries)} ${name}`).join(', ')}, ${timeSpan(from, to)}`;
}
