import type { Comparison } from '../analysis/comparison-document.ts';
import type { Postmortem } from '../analysis/document.ts';

/** Names whose keys come from the data (sources' statuses), so that their order is not the document's. */
const SORTED: ReadonlySet<string> = new Set(['samples']);
const NOT_PLAIN = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * The document as JSON: keys in the order of the document, two spaces, a newline at the end. Characters that show
 * nothing are written as escapes; the value is the same.
 */
export function renderJson(document: Postmortem | Comparison): string {
  const text = JSON.stringify(document, (key, value: unknown) => (SORTED.has(key) ? sorted(value) : value), 2);
  return `${text.replace(NOT_PLAIN, escaped)}\n`;
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function escaped(character: string): string {
  return Array.from(
    { length: character.length },
    (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`,
  ).join('');
}
