import { number, quantity } from '../../base/quantity.ts';
import type { ComparedMetric } from '../comparison-document.ts';

/** A title within a sentence: `accept queue overflows`, but `SYN queue full` and `TIME_WAIT ended`. */
export function inSentence(title: string): string {
  return /^[A-Z](?![A-Z])/.test(title) ? `${title.charAt(0).toLowerCase()}${title.slice(1)}` : title;
}

/** `1,218 → 0 per 1,000 incoming connections`, `24 ms → 26.5 ms`. */
export function fromTo({
  before,
  after,
  unit,
  per,
}: Pick<ComparedMetric, 'before' | 'after' | 'unit' | 'per'>): string {
  const first = per === null || unit === 'ratio' ? quantity(before, unit) : number(before);
  return `${first} → ${quantity(after, unit)}`;
}

/** Three significant places. */
export function rounded(value: number): string {
  return String(Number(value.toPrecision(3)));
}
