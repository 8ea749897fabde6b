import type { Postmortem } from '../../analysis/document.ts';

/** Whether one of the sources was read on that host: what it did not show is then none, not unknown. */
export function wasRead({ coverage }: Pick<Postmortem, 'coverage'>, host: string, sources: readonly string[]): boolean {
  return coverage.some(
    (one) =>
      one.host === host &&
      sources.includes(one.source) &&
      (one.samples['collected'] ?? 0) + (one.samples['empty'] ?? 0) > 0,
  );
}
