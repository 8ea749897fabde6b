import type { Postmortem } from '../../analysis/document.ts';
import { number } from '../../base/quantity.ts';
import { rootOf } from '../page/cards.ts';
import { leftOutText } from '../text/left-out.ts';
import { codeSpan, escapeMarkdown as md } from '../text/markdown.ts';
import { clock, epochMs } from '../text/time.ts';

const MOST_EVENTS = 40;

/** What happened when: the cause, the steps of the course and what the logs say. */
export function course(document: Postmortem): readonly string[] {
  const steps = document.course.map(({ onset, end, title, note, status }) => ({
    at: onset,
    text: `${md(title)}${status === 'seen' ? '' : ` (${status === 'not-seen' ? 'expected, not seen' : 'could not be seen'})`}${note === '' ? '' : `: ${md(note)}`}${onset !== null && end !== null ? `, until ${clock(end)}` : ''}`,
  }));
  const root = rootOf(document);
  const begun = root === undefined ? [] : [{ at: root.onset, text: md(root.title) }];
  const told = document.timeline.filter((event) => event.kind !== 'finding' && event.severity !== 'info');
  const events = (told.length > MOST_EVENTS ? told.slice(0, MOST_EVENTS) : told).map((event) => ({
    at: event.at,
    text: `${codeSpan(event.text)}${event.count > 1 ? ` (${number(event.count)} times)` : ''}`,
  }));
  const timed = [...begun, ...steps, ...events]
    .filter((line) => line.at !== null)
    .toSorted((a, b) => epochMs(a.at!) - epochMs(b.at!));
  const lines = [
    ...timed.map((line) => `- ${clock(line.at!)} ${line.text}`),
    ...steps.filter((step) => step.at === null).map((step) => `- not placed: ${step.text}`),
    ...(told.length > MOST_EVENTS ? [`- and ${number(told.length - MOST_EVENTS)} more log events`] : []),
    ...(document.timelineLeftOut.length === 0 ? [] : [`- not listed: ${leftOutText(document.timelineLeftOut)}`]),
  ];
  return lines.length === 0 ? [] : ['## Timeline (UTC)', lines.join('\n')];
}
