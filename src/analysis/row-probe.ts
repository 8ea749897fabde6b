/**
 * The statement that asks only whether `sql` has a row, or null where that cannot be read off its layout. Most findings
 * find nothing, and most of the time they take goes into planning the sentences of their last `select`; this leaves those
 * out. It needs the last `select` and its `from` at the beginning of a line, as the findings of this project have them.
 */
export function rowProbe(sql: string): string | null {
  const lines = sql.split('\n');
  const select = lines.findLastIndex((line) => /^select\b/.test(line));
  const from = lines.findIndex((line, at) => at > select && /^from\b/.test(line));
  if (select < 0 || from < 0 || lines.some((line) => /^(?:union|intersect|except)\b/.test(line))) return null;
  const order = lines.findIndex((line, at) => at > from && /^order by\b/.test(line));
  const source = lines.slice(from, order < 0 ? undefined : order);
  // What groups, filters by a window or limits gives other rows without its own select list.
  if (source.some((line) => /^(?:group by|having|qualify|window|limit)\b/.test(line))) return null;
  return [...lines.slice(0, select), 'select 1 as found', ...source, 'limit 1'].join('\n');
}
