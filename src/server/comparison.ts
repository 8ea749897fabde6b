import type { ServedCase } from './data/served-case.ts';
import type { ReportKind } from './reports.ts';
import { ServerError } from './server-error.ts';

/** Runs of a case, before a change and after it. */
export interface Sides {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** Sides as they stand in an address: a name, or several. */
export interface SidesQuery {
  readonly before?: string | readonly string[];
  readonly after?: string | readonly string[];
}

const COMPARISON = { entry: new URL('./jobs/comparison-process.js', import.meta.url) };

export function readSides({ before, after }: SidesQuery): Sides {
  return { before: listOf(before), after: listOf(after) };
}

/** The sides as the query of an address. */
export function sidesQuery({ before, after }: Sides): string {
  const pairs = [...before.map((run) => ['before', run]), ...after.map((run) => ['after', run])];
  return `?${new URLSearchParams(pairs)}`;
}

/** The report of a comparison. Throws a ServerError (400) that says what is wrong with the sides. */
export function comparisonOf(served: ServedCase, { before, after }: Sides): ReportKind {
  const known = new Set(served.summary?.runs.map(({ run }) => run));
  if (before.length === 0 || after.length === 0)
    throw new ServerError(400, 'choose a run or more on each side: before and after');
  const strange = [...before, ...after].find((run) => !known.has(run));
  if (strange !== undefined) throw new ServerError(400, `the case has no run "${strange.slice(0, 100)}"`);
  const both = before.find((run) => after.includes(run));
  if (both !== undefined) throw new ServerError(400, `the run "${both}" is on both sides`);
  return { process: COMPARISON, job: { before, after } };
}

function listOf(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : [...new Set(value)];
}
