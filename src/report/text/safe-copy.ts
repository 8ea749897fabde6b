import { visible, visibleBeginning } from './visible.ts';

/** Longest text of a field; a query may be longer than what comes out of a log. */
const LONGEST: Readonly<Record<string, number>> = { query: 20_000, explanation: 4000, excerpt: 600 };
const USUAL_LONGEST = 1200;

/**
 * A deep copy in which every string can be shown: what is invisible is written out and what is overlong is cut.
 * Keys and numbers stay as they are. Escaping for HTML or Markdown is the renderer's job.
 */
export function safeCopy<T>(value: T, key = ''): T {
  return copy(value, key) as T;
}

function copy(value: unknown, key: string): unknown {
  if (typeof value === 'string') return visibleBeginning(value, LONGEST[key] ?? USUAL_LONGEST);
  if (Array.isArray(value)) return value.map((item) => (typeof item === 'number' ? item : copy(item, key)));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [visible(name), copy(item, name)]));
}
