import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { stamp, timeSpan } from '../report/text/time.ts';
import type { CaseSummary } from '../store/case-summary.ts';
import type { ServedCase } from './data/served-case.ts';

/** A case as it is listed. */
export interface CaseView {
  readonly slug: string;
  readonly name: string;
  readonly created: string;
  readonly deleted: string | null;
  readonly hosts: readonly string[];
  readonly runs: readonly string[];
  /** First and last sample, ISO 8601; null while there is none. */
  readonly start: string | null;
  readonly end: string | null;
  readonly samples: number;
  /** Uploaded files, and those not read yet. */
  readonly captures: number;
  readonly waiting: number;
  readonly failed: number;
  /** Of the case file and the uploaded files. */
  readonly diskBytes: number;
  /** Why the import stands still; null when it does not. */
  readonly problem: string | null;
  readonly contents: CaseSummary | null;
}

/** What is listed of a case. */
export async function viewOf(served: ServedCase): Promise<CaseView> {
  const { summary, info, slug } = served;
  const captures = served.captures();
  const runs = summary?.runs ?? [];
  const fileBytes = existsSync(served.path) ? (await stat(served.path)).size : 0;
  return {
    slug,
    ...info,
    hosts: [...new Set(runs.map(({ host }) => host))],
    runs: [...new Set(runs.map(({ run }) => run))],
    start: runs.reduce<string | null>((first, { start }) => (first === null || start < first ? start : first), null),
    end: runs.reduce<string | null>((last, { end }) => (last === null || end > last ? end : last), null),
    samples: runs.reduce((sum, { samples }) => sum + samples, 0),
    captures: captures.length,
    waiting: captures.filter(({ state }) => state === 'waiting').length,
    failed: captures.filter(({ state }) => state === 'failed').length,
    diskBytes: captures.reduce((sum, capture) => sum + capture.bytes, fileBytes),
    problem: served.problem,
    contents: summary,
  };
}

/** `2026-11-22 20:45:57 – 20:47:16`; a dash while nothing is recorded. */
export function recordedSpan({ start, end }: { start: string | null; end: string | null }): string {
  return start === null || end === null ? '–' : `${stamp(start).slice(0, 10)} ${timeSpan(start, end)}`;
}
