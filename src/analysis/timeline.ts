import type { JudgedFinding } from './finding-document.ts';
import { instantAt, numberAt, type Row, textAt } from './rows.ts';
import type { TimelineEvent, TimelineLeftOut } from './timeline-event.ts';

/** What `document/timeline.sql` lists, and what it had to leave out. */
export interface Timeline {
  readonly events: readonly TimelineEvent[];
  readonly leftOut: readonly TimelineLeftOut[];
}

export function readTimeline(rows: readonly Row[]): Timeline {
  return {
    events: rows.filter((row) => numberAt(row, 'left_out') === null).map(readEvent),
    leftOut: rows.filter((row) => numberAt(row, 'left_out') !== null).map(readLeftOut),
  };
}

export function withFindings(events: readonly TimelineEvent[], ordered: readonly JudgedFinding[]): TimelineEvent[] {
  const findings = ordered.map(
    ({ finding, headline }): TimelineEvent => ({
      at: finding.onset,
      end: finding.end,
      host: finding.host,
      kind: 'finding',
      severity: finding.severity,
      text: headline,
      count: 1,
    }),
  );
  return [...events, ...findings].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function readEvent(row: Row): TimelineEvent {
  const capture = textAt(row, 'capture');
  const member = textAt(row, 'member');
  const line = numberAt(row, 'line_no');
  return {
    at: instantAt(row, 'at_ts') ?? '',
    end: instantAt(row, 'end_ts'),
    host: textAt(row, 'host') ?? '',
    kind: textAt(row, 'kind') as TimelineEvent['kind'],
    severity: textAt(row, 'severity') as TimelineEvent['severity'],
    text: textAt(row, 'text') ?? '',
    count: numberAt(row, 'count') ?? 1,
    ...(capture === null ? {} : { capture }),
    ...(member === null ? {} : { member }),
    ...(line === null ? {} : { line }),
  };
}

function readLeftOut(row: Row): TimelineLeftOut {
  return {
    host: textAt(row, 'host') ?? '',
    kind: textAt(row, 'kind') as TimelineEvent['kind'],
    severity: textAt(row, 'severity') as TimelineEvent['severity'],
    entries: numberAt(row, 'left_out') ?? 0,
    from: instantAt(row, 'at_ts') ?? '',
    to: instantAt(row, 'end_ts') ?? '',
  };
}
