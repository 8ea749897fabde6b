import type { Finding } from '../../src/analysis/document.ts';
import type { Truth } from './record.ts';

/** What the analysis said of a recording, held against what is true. */
export interface Outcome {
  readonly truth: Truth;
  readonly rootCause: string | null;
  readonly rightCause: boolean;
  /**
   * Sampling intervals, as they really were, between the onset of the named cause and the time from the fault to when it
   * showed; negative before the fault. Null where nothing is to be found.
   */
  readonly onsetIntervals: number | null;
  /** Findings above info that would be wrong. */
  readonly wrong: readonly string[];
  /** Findings that had to be there and are not. */
  readonly missing: readonly string[];
  readonly findings: readonly string[];
  /** The look that made the trigger fire, counted from when a figure can show the fault, seconds from the fault to then, and seconds shown before the fault; null where nobody watched, or nothing fired. */
  readonly watch: { readonly looks: number; readonly secondsAfter: number; readonly secondsBefore: number } | null;
  readonly passed: boolean;
}

/** The answer of an analysis. */
export interface Answer {
  readonly rootCause: string | null;
  readonly findings: readonly Finding[];
  readonly samples: number;
}

/** A trigger fires at the second look that can show the fault, or the first; the capture shows the minute before. */
const LOOKS = 2;
const SECONDS_BEFORE = 60;

/** Onsets may be off by two sampling intervals. */
const ONSET_INTERVALS = 2;

/** Compares an answer with the truth of the recording. */
export function check(truth: Truth, { rootCause, findings, samples }: Answer): Outcome {
  const grave = findings.filter((finding) => finding.severity !== 'info');
  const causes = [truth.rootCause, ...(truth.rootCause === null ? [] : Object.keys(truth.orElse))];
  const rightCause = causes.includes(rootCause);
  const cause = findings.find((finding) => finding.id === rootCause);
  const onsetIntervals = cause === undefined || truth.rootCause === null ? null : distance(truth, cause.onset, samples);
  const expected = new Set(truth.expects);
  const quiet = truth.rootCause === null;
  const wrong = grave
    .map((finding) => finding.id)
    .filter((id) => truth.mustNot.includes(id) || (quiet && !expected.has(id)));
  const missing = truth.expects.filter((id) => !findings.some((finding) => finding.id === id));
  const inTime = onsetIntervals === null || Math.abs(onsetIntervals) <= ONSET_INTERVALS;
  const watch = watched(truth);
  return {
    truth,
    rootCause,
    rightCause,
    onsetIntervals,
    wrong: [...new Set(wrong)],
    missing,
    findings: [...new Set(grave.map((finding) => finding.id))],
    watch,
    passed:
      rightCause &&
      inTime &&
      wrong.length === 0 &&
      missing.length === 0 &&
      (truth.watched === undefined || firedRight(quiet, watch)),
  };
}

/** Where nothing is wrong nothing may fire. */
function firedRight(quiet: boolean, watch: Outcome['watch']): boolean {
  if (quiet || watch === null) return quiet && watch === null;
  return watch.secondsBefore >= SECONDS_BEFORE && watch.secondsAfter > 0 && watch.looks <= LOOKS;
}

function watched({ watched: did, fault, figure }: Truth): Outcome['watch'] {
  if (did === undefined || did === null) return null;
  return {
    looks: did.looks.filter((time) => time >= figure).length,
    secondsAfter: (did.fired - fault) / 1000,
    secondsBefore: (fault - did.shownFrom) / 1000,
  };
}

function distance({ fault, shows, start, end, intervalS }: Truth, onset: string, samples: number): number {
  const at = Date.parse(onset);
  // A host that is busy is sampled later than asked for.
  const between = Math.max(1000 * intervalS, (end - start) / Math.max(1, samples - 1));
  return (at < fault ? at - fault : Math.max(0, at - shows)) / between;
}
