import type { Value } from './parse-member.ts';

/** Rows as CSV with a header: null is empty, an empty text is `""`; always ends in a line feed. */
export function toCsv(columns: readonly string[], rows: readonly Readonly<Record<string, Value>>[]): string {
  const lines = rows.map((row) => columns.map((column) => cell(row[column] ?? null)).join(','));
  return `${[columns.join(','), ...lines].join('\n')}\n`;
}

function cell(value: Value): string {
  if (value === null) return '';
  const text = String(value);
  if (typeof value === 'string' && (text === '' || /[",\n\r]/.test(text))) return `"${text.replaceAll('"', '""')}"`;
  return text;
}
