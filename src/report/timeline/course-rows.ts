import type { CourseStep, Finding, Postmortem } from '../../analysis/document.ts';
import { clock, epochMs, offset } from '../text/time.ts';
import type { Span } from './draw.ts';
import { colour, EMPTY_ROW, type LaneRow } from './row.ts';

/** States keep their colour everywhere; every other step is drawn as an event. */
const STEP_COLOURS: Readonly<Record<string, string>> = {
  SYN_RECV: 'syn-recv',
  CLOSE_WAIT: 'close-wait',
  LAST_ACK: 'last-ack',
  ESTABLISHED: 'established',
  FIN_WAIT2: 'fin-wait2',
};

interface Bar {
  readonly name: string;
  readonly note: string;
  readonly text: string;
  readonly colour: string;
  readonly onset: number | null;
  readonly end: number | null;
  readonly status: string;
  readonly finding: { readonly id: string; readonly host: string };
}

/** A row for the cause and each step of the course on a host, in order of onset; steps not seen come last and say so. */
export function courseRows(document: Postmortem, host: string, span: Span): readonly LaneRow[] {
  const steps = document.course.filter((step) => step.host === host);
  const findings = document.findings.filter((finding) => finding.host === host && finding.severity !== 'info');
  const cause = document.verdict.rootCause;
  const bars = [
    ...findings.filter((finding) => finding.id === cause || steps.length === 0).map(findingBar),
    ...steps.map(stepBar),
  ];
  const seen = bars.filter((bar) => bar.onset !== null).toSorted((a, b) => a.onset! - b.onset!);
  const first = document.window === null ? (seen[0]?.onset ?? 0) : epochMs(document.window.start);
  return [
    ...seen.map((bar, i) => seenRow(bar, seen[i - 1] ?? null, first, span)),
    ...bars.filter((bar) => bar.onset === null).map((bar) => unseenRow(bar, span)),
  ];
}

function findingBar(finding: Finding): Bar {
  return {
    name: finding.role === 'cause' ? 'Cause' : finding.id,
    note: finding.role === 'cause' ? finding.id : finding.role,
    text: finding.title,
    colour: finding.role === 'cause' ? 'critical' : 'event',
    onset: epochMs(finding.onset),
    end: finding.end === null ? null : epochMs(finding.end),
    status: 'seen',
    finding,
  };
}

function stepBar(step: CourseStep): Bar {
  const isState = STEP_COLOURS[step.step] !== undefined;
  return {
    name: isState ? step.step : step.title,
    note: isState ? step.title : step.status === 'seen' ? '' : 'expected',
    text: step.note,
    colour: STEP_COLOURS[step.step] ?? 'event',
    onset: step.onset === null ? null : epochMs(step.onset),
    end: step.end === null ? null : epochMs(step.end),
    status: step.status,
    finding: { id: step.finding, host: step.host },
  };
}

function seenRow(bar: Bar, before: Bar | null, first: number, span: Span): LaneRow {
  const at = bar.onset!;
  const until = bar.end ?? span.to;
  const lag = Math.round((at - first) / 1000);
  return {
    ...EMPTY_ROW,
    name: bar.name,
    note: bar.note,
    finding: bar.finding,
    bar: { from: at, to: until },
    peak: `${clock(at)} → ${bar.end === null ? 'still open' : clock(bar.end)}`,
    data: [{ at, until: Math.max(until, at + 1), colour: colour(bar.colour), after: before?.onset ?? null }],
    labels: [{ from: at, to: until, strong: lag === 0 ? '0 s' : offset(lag), text: bar.text }],
  };
}

function unseenRow(bar: Bar, span: Span): LaneRow {
  const what = bar.status === 'not-seen' ? 'not seen' : 'could not be seen';
  return {
    ...EMPTY_ROW,
    name: bar.name,
    note: bar.note,
    finding: bar.finding,
    peak: what,
    gaps: bar.status === 'not-seen' ? [] : [span],
    labels: [{ from: span.from, to: span.from, strong: '', text: bar.text === '' ? what : `${what}: ${bar.text}` }],
  };
}
