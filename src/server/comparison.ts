import type { Alignment } from '../analysis/comparison/align.ts';
import { type Expectation, readExpectation } from '../analysis/comparison/hypotheses.ts';
import { type TimeWindow, withGuard } from '../analysis/comparison/windows.ts';
import type { ServedCase } from './data/served-case.ts';
import type { ComparisonJob } from './jobs/comparison-process.ts';
import type { ReportKind } from './reports.ts';
import { readInstant } from './selection.ts';
import { ServerError } from './server-error.ts';

/** What is compared: runs of a case before a change and after it, and how. */
export interface Sides {
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Null: all hosts. */
  readonly host: string | null;
  /** Parts of the runs, or null for all of them. */
  readonly windows: readonly [TimeWindow, TimeWindow] | null;
  /** Seconds left out where two windows meet, and after an onset or a load step. */
  readonly guardS: number;
  readonly align: Alignment;
  readonly expect: readonly Expectation[];
}

/** Sides as they stand in an address: a name, or several; everything else is a text that may be empty. */
export interface SidesQuery {
  readonly before?: string | readonly string[];
  readonly after?: string | readonly string[];
  readonly host?: string;
  readonly beforeSince?: string;
  readonly beforeUntil?: string;
  readonly afterSince?: string;
  readonly afterUntil?: string;
  readonly guard?: string;
  readonly align?: string;
  /** `METRIC up|down|unchanged`, one a line. */
  readonly expect?: string;
}

export const ALIGNMENTS: readonly Alignment[] = ['start', 'clock', 'onset', 'load'];
export const DEFAULT_GUARD_S = 10;
const LONGEST_GUARD_S = 86_400;
const COMPARISON = { entry: new URL('./jobs/comparison-process.js', import.meta.url) };

/** Reads what is to be compared. Throws a ServerError (400). */
export function readSides(query: SidesQuery): Sides {
  const align = ALIGNMENTS.find((one) => one === (query.align || 'start'));
  if (align === undefined) throw new ServerError(400, `"align" is one of ${ALIGNMENTS.join(', ')}`);
  const guardS = Number(query.guard || DEFAULT_GUARD_S);
  if (!(guardS >= 0 && guardS <= LONGEST_GUARD_S))
    throw new ServerError(400, `"guard" is a number of seconds, at most ${LONGEST_GUARD_S}`);
  return {
    before: listOf(query.before),
    after: listOf(query.after),
    host: query.host || null,
    windows: readWindows(query),
    guardS,
    align,
    expect: readExpectations(query.expect ?? ''),
  };
}

/** The sides as the query of an address. */
export function sidesQuery({ before, after, host, windows, guardS, align, expect }: Sides): string {
  const query = new URLSearchParams([...before.map((run) => ['before', run]), ...after.map((run) => ['after', run])]);
  if (host !== null) query.set('host', host);
  if (windows !== null) {
    query.set('beforeSince', windows[0].since);
    query.set('beforeUntil', windows[0].until);
    query.set('afterSince', windows[1].since);
    query.set('afterUntil', windows[1].until);
  }
  if (guardS !== DEFAULT_GUARD_S) query.set('guard', String(guardS));
  if (align !== 'start') query.set('align', align);
  if (expect.length > 0) query.set('expect', expectationText(expect));
  return `?${query}`;
}

/** Expectations as `readSides` takes them. */
export function expectationText(expect: readonly Expectation[]): string {
  return expect.map(({ metric, expected }) => `${metric} ${expected}`).join('\n');
}

/** The report of a comparison. Throws a ServerError (400) that says what is wrong with the sides. */
export function comparisonOf(served: ServedCase, sides: Sides): ReportKind {
  const { before, after, host, windows, guardS, align, expect } = sides;
  const known = new Set(served.summary?.runs.map(({ run }) => run));
  if (before.length === 0 || after.length === 0)
    throw new ServerError(400, 'choose a run or more on each side: before and after');
  const strange = [...before, ...after].find((run) => !known.has(run));
  if (strange !== undefined) throw new ServerError(400, `the case has no run "${strange.slice(0, 100)}"`);
  const both = before.find((run) => after.includes(run));
  if (both !== undefined && windows === null)
    throw new ServerError(400, `the run "${both}" is on both sides: choose another, or a window on each side`);
  const guarded = windows === null ? null : withGuard(windows[0], windows[1], guardS);
  const hosts = host === null ? {} : { hosts: [host] };
  const job: Pick<ComparisonJob, 'before' | 'after' | 'align' | 'guardS' | 'expect'> = {
    before: { runs: before, ...hosts, ...guarded?.[0] },
    after: { runs: after, ...hosts, ...guarded?.[1] },
    align,
    guardS,
    expect,
  };
  return { process: COMPARISON, job };
}

function readWindows(query: SidesQuery): Sides['windows'] {
  const names = ['beforeSince', 'beforeUntil', 'afterSince', 'afterUntil'] as const;
  const [beforeSince, beforeUntil, afterSince, afterUntil] = names.map((name) =>
    readInstant(query[name] || null, name),
  );
  const given = [beforeSince, beforeUntil, afterSince, afterUntil].filter((at) => at !== null);
  if (given.length === 0) return null;
  if (given.length < names.length)
    throw new ServerError(400, 'a window has a begin and an end, on each side: four times, or none');
  const windows = [
    { since: beforeSince!, until: beforeUntil! },
    { since: afterSince!, until: afterUntil! },
  ] as const;
  if (windows.some(({ since, until }) => since >= until)) throw new ServerError(400, 'a window ends before it begins');
  return windows;
}

function readExpectations(text: string): readonly Expectation[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const expectation = readExpectation(line);
      if (expectation === null)
        throw new ServerError(
          400,
          `"${line.slice(0, 80)}": expected a metric and up, down or unchanged, such as "TcpExtListenOverflows down"`,
        );
      return expectation;
    });
}

function listOf(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : [...new Set(value)];
}
