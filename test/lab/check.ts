import type { Postmortem } from '../../src/analysis/document.ts';
import type { Truth } from './record.ts';

/** What the analysis said of a recording, held against what is true. */
export interface Outcome {
  readonly truth: Truth;
  readonly rootCause: string | null;
  readonly rightCause: boolean;
  /** Sampling intervals from the true begin to the onset of the named cause; null where nothing is to be found. */
  readonly onsetIntervals: number | null;
  /** Findings above info that would be wrong. */
  readonly wrong: readonly string[];
  /** Findings that had to be there and are not. */
  readonly missing: readonly string[];
  readonly findings: readonly string[];
  readonly passed: boolean;
}

/** Onsets may be off by two sampling intervals. */
const ONSET_INTERVALS = 2;

/** Compares a postmortem with the truth of its recording. */
export function check(truth: Truth, { verdict, findings }: Postmortem): Outcome {
  const grave = findings.filter((finding) => finding.severity !== 'info');
  const causes = [truth.rootCause, ...(truth.rootCause === null ? [] : Object.keys(truth.orElse))];
  const rightCause = causes.includes(verdict.rootCause);
  const cause = findings.find((finding) => finding.id === verdict.rootCause);
  const begin = truth.fault;
  const onsetIntervals =
    cause === undefined || truth.rootCause === null ? null : (Date.parse(cause.onset) - begin) / 1000 / truth.intervalS;
  const expected = new Set(truth.expects);
  const quiet = truth.rootCause === null;
  const wrong = grave
    .map((finding) => finding.id)
    .filter((id) => truth.mustNot.includes(id) || (quiet && !expected.has(id)));
  const missing = truth.expects.filter((id) => !findings.some((finding) => finding.id === id));
  const inTime = onsetIntervals === null || Math.abs(onsetIntervals) <= ONSET_INTERVALS;
  return {
    truth,
    rootCause: verdict.rootCause,
    rightCause,
    onsetIntervals,
    wrong: [...new Set(wrong)],
    missing,
    findings: [...new Set(grave.map((finding) => finding.id))],
    passed: rightCause && inTime && wrong.length === 0 && missing.length === 0,
  };
}
