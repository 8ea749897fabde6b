import type { CauseLink, Verdict, VerdictStep } from './document.ts';
import type { JudgedFinding } from './finding-document.ts';
import { type Impact, keyNumbers } from './key-numbers.ts';
import { equalRival, rivalry, sentenceOfTwo } from './rivals.ts';

const SEVERITY = ['critical', 'warning', 'info'];
const CONFIDENCE = ['high', 'medium', 'low'];
/** Clocks of logs and samples differ by this much on top of what the findings say of themselves. */
const CLOCK_SLACK_S = 2;
const MOST_RULED_OUT = 4;
/** Samples from which the quietest third of a series shows what is usual. */
const SAMPLES_FOR_USUAL = 10;

/** What limits how sure a verdict can be. */
export interface RecordingFacts {
  readonly beginsBeforeRecording: boolean;
  /** Hosts that were recorded; of several, the verdict names the one it is about. */
  readonly hosts: number;
  /** Samples of the run with the fewest. */
  readonly samples: number;
  /** What the incident cost, a host each; empty where there was none. */
  readonly impacts: readonly Impact[];
}

/** Findings in the order of the report, and which of them is the cause. */
export interface Judgement {
  readonly root: JudgedFinding | null;
  /** What the cause explains, in order of onset. */
  readonly explained: readonly JudgedFinding[];
  /** Other causes that nothing explains: the next best answers. */
  readonly rivals: readonly JudgedFinding[];
  readonly ordered: readonly JudgedFinding[];
}

/**
 * Names the root cause: a finding in the role of a cause that no other cause explains, where explaining takes both
 * the mechanism (`explains` in its header) and the time (its onset is not later, clocks allowed for). Among several the
 * graver, then the better supported, then the one that explains more, then the earlier one. What is only info names a
 * cause when nothing graver was found. Symptoms alone never do.
 */
export function judge(findings: readonly JudgedFinding[]): Judgement {
  const grave = findings.filter(isTrouble);
  const pool = (grave.length > 0 ? grave : findings).filter((item) => item.finding.role === 'cause');
  const free = pool.filter(
    (item) =>
      !pool.some(
        (other) => other !== item && explains(other, item) && !(explains(item, other) && isBefore(item, other)),
      ),
  );
  const effects = (item: JudgedFinding): JudgedFinding[] =>
    findings.filter((other) => other !== item && explains(item, other));
  const ranked = [...free].sort(
    (a, b) =>
      rank(SEVERITY, a.finding.severity) - rank(SEVERITY, b.finding.severity) ||
      rank(CONFIDENCE, a.finding.confidence) - rank(CONFIDENCE, b.finding.confidence) ||
      effects(b).length - effects(a).length ||
      byOnset(a, b),
  );
  const root = ranked[0] ?? null;
  const explained = root === null ? [] : effects(root).sort(byOnset);
  const rest = findings
    .filter((item) => item !== root && !explained.includes(item))
    .sort((a, b) => rank(SEVERITY, a.finding.severity) - rank(SEVERITY, b.finding.severity) || byOnset(a, b));
  const told = explained.map(asSymptom);
  return {
    root,
    explained: told,
    rivals: ranked.slice(1),
    ordered: [...(root === null ? [] : [root]), ...told, ...rest],
  };
}

/** What another finding explains is no cause in this recording, whatever it can be by itself. */
function asSymptom(item: JudgedFinding): JudgedFinding {
  return item.finding.role === 'cause' ? { ...item, finding: { ...item.finding, role: 'symptom' } } : item;
}

/** The verdict of a recording that may begin in the middle of the incident, which makes it less sure, and has to be said. */
export function writeVerdict(
  judgement: Judgement,
  span: string,
  unchecked: readonly string[],
  facts: RecordingFacts,
): Verdict {
  const verdict = describeVerdict(judgement, span, unchecked, facts);
  if (!facts.beginsBeforeRecording) return verdict;
  return {
    ...verdict,
    confidence: verdict.confidence === 'high' ? 'medium' : 'low',
    limits: [
      'The recording begins in the middle of it: the true onset lies before, and what is called usual may be the incident.',
      ...verdict.limits,
    ],
  };
}

/** The verdict in words: the cause as subject, its length, what followed; then what it was not, and what to do. */
function describeVerdict(
  judgement: Judgement,
  span: string,
  unchecked: readonly string[],
  facts: RecordingFacts,
): Verdict {
  const { root, explained, rivals, ordered } = judgement;
  if (root === null) return writeWithoutCause(ordered, span, unchecked, facts);
  const told = root.explains.flatMap((id) => explained.filter((item) => item.finding.id === id));
  const consequence = told.find((item) => item.finding.severity !== 'info' && item.consequence !== null)?.consequence;
  const rest = explained.filter((item) => item.finding.severity !== 'info');
  const rival = equalRival(root, rivals);
  const sentence = `${facts.hosts > 1 ? `${root.finding.host}: ` : ''}${root.headline}${consequence === undefined ? '' : `, and ${consequence}`}`;
  const actions =
    rival === null
      ? root.finding.actions.slice(0, 2)
      : [root, rival].flatMap((item) => item.finding.actions.slice(0, 1));
  return {
    rootCause: root.finding.id,
    host: root.finding.host,
    severity: ordered.reduce(
      (worst, item) => (rank(SEVERITY, item.finding.severity) < rank(SEVERITY, worst) ? item.finding.severity : worst),
      root.finding.severity,
    ),
    confidence: rival !== null && root.finding.confidence === 'high' ? 'medium' : root.finding.confidence,
    sentence: rival === null ? `${sentence}.` : sentenceOfTwo(sentence, root, rival),
    explanation: root.finding.summary,
    course: courseOf(root, rest),
    ruledOut: ruledOut([root, ...explained]),
    limits: rivalry(root, rivals),
    doFirst: actions.length === 0 ? null : actions.map((action) => action.text).join(' '),
    numbers: keyNumbers([root, ...explained], facts.impacts),
  };
}

function writeWithoutCause(
  ordered: readonly JudgedFinding[],
  span: string,
  unchecked: readonly string[],
  { hosts, samples, impacts }: RecordingFacts,
): Verdict {
  const symptoms = ordered.filter(isTrouble);
  const first = symptoms[0];
  const standing = ordered.find((item) => item.finding.severity !== 'info');
  const blind = unchecked.length === 0 ? [] : [`Could not be checked for lack of evidence: ${unchecked.join(', ')}.`];
  if (first === undefined) {
    return {
      rootCause: null,
      host: null,
      severity: standing?.finding.severity ?? (ordered.length > 0 ? 'info' : 'none'),
      confidence: samples < 2 ? 'low' : unchecked.length > 0 || samples < SAMPLES_FOR_USUAL ? 'medium' : 'high',
      sentence: `No outage was found ${span}.${standing === undefined ? '' : ` ${standing.headline}.`}`,
      explanation: 'Nothing left what is usual for this recording by more than its noise.',
      course: [],
      ruledOut: [],
      limits: blind,
      doFirst: standing?.finding.actions[0]?.text ?? null,
      numbers: [],
    };
  }
  return {
    rootCause: null,
    host: first.finding.host,
    severity: first.finding.severity,
    confidence: 'low',
    sentence: `${hosts > 1 ? `${first.finding.host}: ` : ''}${first.headline}; the recording does not show why.`,
    explanation: first.finding.summary,
    course: courseOf(first, symptoms.slice(1)),
    ruledOut: ruledOut(symptoms),
    limits: ['These are symptoms: no cause is named on them alone.', ...blind],
    doFirst: first.finding.actions[0]?.text ?? null,
    numbers: keyNumbers(symptoms, impacts),
  };
}

/** Each pair of findings of which one explains the other, by mechanism and time: the cause first, then by lag. */
export function causeLinks(findings: readonly JudgedFinding[]): readonly CauseLink[] {
  return findings.flatMap((cause) =>
    findings
      .filter((effect) => effect !== cause && explains(cause, effect))
      .sort(byOnset)
      .map((effect) => ({
        host: cause.finding.host,
        cause: cause.finding.id,
        causeSubject: cause.finding.subject,
        effect: effect.finding.id,
        effectSubject: effect.finding.subject,
        lagS: Math.round((Date.parse(effect.finding.onset) - Date.parse(cause.finding.onset)) / 100) / 10,
      })),
  );
}

/** What is wrong at some time; a setting that stands in the way all the time is context, and no outage by itself. */
function isTrouble(item: JudgedFinding): boolean {
  return item.finding.severity !== 'info' && item.finding.role !== 'context';
}

function explains(cause: JudgedFinding, effect: JudgedFinding): boolean {
  if (!cause.explains.includes(effect.finding.id)) return false;
  if (cause.finding.host !== effect.finding.host || cause.run !== effect.run) return false;
  const slackS = cause.finding.onsetUncertaintyS + effect.finding.onsetUncertaintyS + CLOCK_SLACK_S;
  return Date.parse(cause.finding.onset) <= Date.parse(effect.finding.onset) + slackS * 1000;
}

function isBefore(a: JudgedFinding, b: JudgedFinding): boolean {
  return byOnset(a, b) < 0;
}

function byOnset(a: JudgedFinding, b: JudgedFinding): number {
  const [x, y] = [a.finding, b.finding];
  return (
    compare(x.onset, y.onset) ||
    compare(x.id, y.id) ||
    compare(x.host, y.host) ||
    compare(a.run, b.run) ||
    compare(x.subject ?? '', y.subject ?? '')
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function rank(order: readonly string[], value: string): number {
  return order.indexOf(value);
}

/** What followed, a headline each; a finding that is itself a sequence is told by its steps, where they are findings. */
function courseOf(first: JudgedFinding, followed: readonly JudgedFinding[]): VerdictStep[] {
  const single = followed.filter((item) => item.course.length === 0);
  return (single.length === 0 ? followed : single).map(({ finding, headline }) => ({
    finding: finding.id,
    host: finding.host,
    at: finding.onset,
    lagS: Math.round((Date.parse(finding.onset) - Date.parse(first.finding.onset)) / 100) / 10,
    text: `${headline}.`,
  }));
}

/** Look-alikes of the catalogue that were ruled out, each once, unless they are findings of this very story. */
function ruledOut(story: readonly JudgedFinding[]): Verdict['ruledOut'] {
  const told = new Set(story.map((item) => item.finding.id));
  const lines = new Map<string, string>();
  for (const item of story) {
    for (const { id, because } of item.finding.ruledOut)
      if (/^[a-z0-9-]+$/.test(id) && !told.has(id) && !lines.has(id)) lines.set(id, because);
  }
  return [...lines].slice(0, MOST_RULED_OUT).map(([id, because]) => ({ id, because }));
}
