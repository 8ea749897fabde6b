import type { Postmortem, Severity } from '../../analysis/document.ts';
import { number } from '../../base/quantity.ts';
import { clock, epochMs } from '../text/time.ts';
import { cut } from '../text/visible.ts';
import type { Span } from './draw.ts';
import { colour, EMPTY_ROW, type LaneRow } from './row.ts';

type TimelineEvent = Postmortem['timeline'][number];

const MOST_ROWS = 8;
const LONGEST_LABEL = 90;
const COLOURS: Readonly<Record<Severity, string>> = { critical: 'critical', warning: 'warning', info: 'info' };
const WORST: readonly Severity[] = ['critical', 'warning', 'info'];
const NAMES: Readonly<Partial<Record<TimelineEvent['kind'], string>>> = {
  kernel: 'Kernel',
  system: 'System log',
  apache: 'Apache',
  request: 'Requests',
  restart: 'Restart',
  setting: 'Setting',
  coverage: 'Recording',
};

/** A row of ticks for each kind of logged event on a host: the worst kinds, at most eight; findings and series have their own rows. */
export function eventRows(
  events: readonly TimelineEvent[],
  host: string,
  span: Span,
): { rows: readonly LaneRow[]; flat: readonly string[] } {
  const logged = events.filter((event) => event.host === host && event.kind !== 'finding' && event.kind !== 'episode');
  const within = logged.filter((event) => epochMs(event.at) >= span.from && epochMs(event.at) <= span.to);
  const kinds = new Map<string, TimelineEvent[]>();
  for (const event of within) {
    const key = `${event.kind} ${codeOf(event)}`;
    kinds.set(key, [...(kinds.get(key) ?? []), event]);
  }
  const ordered = [...kinds.values()].toSorted((a, b) => rank(a) - rank(b) || epochMs(a[0]!.at) - epochMs(b[0]!.at));
  const shown = ordered.slice(0, MOST_ROWS).toSorted((a, b) => epochMs(a[0]!.at) - epochMs(b[0]!.at));
  const more = ordered.length - shown.length;
  const outside = logged.length - within.length;
  return {
    rows: shown.map(eventRow),
    flat: [
      ...(more > 0 ? [`${more} more kinds of messages`] : []),
      ...(outside > 0 ? [`${number(outside)} from before or after the recording`] : []),
    ],
  };
}

function eventRow(events: readonly TimelineEvent[]): LaneRow {
  const first = events[0]!;
  const count = events.reduce((sum, event) => sum + event.count, 0);
  const code = codeOf(first);
  const text = cut(
    first.text
      .replace(/^.*?\bAH\d{5}:? */s, '')
      .replace(/\s+/g, ' ')
      .trim(),
    LONGEST_LABEL,
  );
  const at = epochMs(first.at);
  return {
    ...EMPTY_ROW,
    name: `${NAMES[first.kind] ?? first.kind}${code === '' ? '' : ` ${code}`}`,
    peak: count === 1 ? `once, at ${clock(at)}` : `${number(count)} in all`,
    data: events.map((event) => ({
      at: epochMs(event.at),
      until: epochMs(event.end ?? event.at),
      colour: colour(COLOURS[event.severity]),
    })),
    labels: [
      {
        from: at,
        to: Math.max(...events.map((event) => epochMs(event.end ?? event.at))),
        strong: '',
        text,
        outside: true,
      },
    ],
  };
}

function rank(events: readonly TimelineEvent[]): number {
  return Math.min(...events.map((event) => WORST.indexOf(event.severity)));
}

/** Apache's code of a message (`AH00161`); of a kernel message the first words do the same. */
function codeOf(event: TimelineEvent): string {
  if (event.kind === 'apache') return /\bAH\d{5}\b/.exec(event.text)?.[0] ?? '';
  return '';
}
