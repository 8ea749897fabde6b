import type { Postmortem } from '../analysis/document.ts';
import { number, understood } from '../base/quantity.ts';

const SOURCES_NAMED = 5;

/** Lines that were read, and those that could not be. */
export interface Account {
  readonly lines: number;
  readonly rejects: number;
  readonly rejectsBySource: ReadonlyMap<string, number>;
}

/** Of an import or an analysis; `where` says where more is told: `read 1,204,332 lines: 99.98 % understood, 212 rejected (ss 200, access-log 12); see Data quality` */
export function accountingLine({ lines, rejects, rejectsBySource }: Account, where: string): string {
  if (lines === 0) return 'read no lines';
  const read = `read ${number(lines)} ${lines === 1 ? 'line' : 'lines'}: ${understood(lines, rejects)} understood`;
  if (rejects === 0) return `${read}, none rejected`;
  const sources = [...rejectsBySource].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const named = sources.slice(0, SOURCES_NAMED).map(([source, count]) => `${source} ${number(count)}`);
  if (sources.length > SOURCES_NAMED) named.push(`${sources.length - SOURCES_NAMED} more sources`);
  return `${read}, ${number(rejects)} rejected (${named.join(', ')}); see ${where}`;
}

/** The same of all that was analysed. */
export function accountOf({ coverage, quality }: Postmortem): string {
  const rejectsBySource = new Map<string, number>();
  for (const { source, rejects } of coverage)
    if (rejects > 0) rejectsBySource.set(source, (rejectsBySource.get(source) ?? 0) + rejects);
  return accountingLine({ lines: quality.lines, rejects: quality.rejects, rejectsBySource }, 'Data quality');
}
