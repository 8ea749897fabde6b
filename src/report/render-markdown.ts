import type { Action, Evidence, Finding, Postmortem } from '../analysis/document.ts';
import { inOrder, place } from './page/findings.ts';
import { importNotes } from './page/quality.ts';
import { reasonLines } from './page/rejects.ts';
import { codeBlock, codeSpan, escapeMarkdown as md } from './text/markdown.ts';
import { number, quantity, understood } from './text/quantity.ts';
import { safeCopy } from './text/safe-copy.ts';
import { clock, day, duration, epochMs, stamp, timeSpan } from './text/time.ts';

const MOST_EVENTS = 40;
const MOST_REASONS = 20;

/** The postmortem as Markdown to paste into a ticket. Text of the document is escaped. */
export function renderMarkdown(original: Postmortem): string {
  const document = safeCopy(original);
  const parts = [
    `# ${md(document.verdict.sentence)}`,
    ...summary(document),
    ...impact(document),
    ...course(document),
    ...cause(document),
    ...findings(document),
    ...actions(document),
    ...unchecked(document),
    ...quality(document),
    `*lastack ${md(document.method.lastack)}; times are UTC.*`,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function summary({ verdict, window, recorded, hosts }: Postmortem): readonly string[] {
  const severity = verdict.severity === 'none' ? 'nothing above usual' : verdict.severity;
  const facts = [
    `**Severity:** ${severity}`,
    window === null
      ? ''
      : `**Window:** ${day(window.start)}, ${timeSpan(window.start, window.end)} UTC (${length(window.start, window.end)})`,
    `**Recorded:** ${timeSpan(recorded.start, recorded.end)} UTC`,
    `**Host:** ${hosts.map((host) => md(host.name)).join(', ')}`,
    `**Confidence:** ${verdict.confidence}`,
  ];
  return [
    facts.filter((fact) => fact !== '').join(' · '),
    md(verdict.explanation),
    verdict.doFirst === null ? '' : `**Do first:** ${md(verdict.doFirst)}`,
  ];
}

function impact({ verdict }: Postmortem): readonly string[] {
  if (verdict.numbers.length === 0) return [];
  const rows = verdict.numbers.map(
    ({ label, value, usual }) =>
      `- ${md(label)}: **${md(value)}**${usual === null ? '' : ` (${/usual/.test(usual) ? '' : 'usual '}${md(usual)})`}`,
  );
  return ['## Impact', rows.join('\n')];
}

function course(document: Postmortem): readonly string[] {
  const steps = document.course.map(({ onset, end, title, note, status }) => ({
    at: onset,
    text: `${md(title)}${status === 'seen' ? '' : ` (${status === 'not-seen' ? 'expected, not seen' : 'could not be seen'})`}${note === '' ? '' : `: ${md(note)}`}${onset !== null && end !== null ? `, until ${clock(end)}` : ''}`,
  }));
  const begun = inOrder(document)
    .filter((finding) => finding.id === document.verdict.rootCause)
    .map((finding) => ({ at: finding.onset, text: md(finding.title) }));
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
  ];
  return lines.length === 0 ? [] : ['## Timeline (UTC)', lines.join('\n')];
}

function cause({ verdict, findings }: Postmortem): readonly string[] {
  const found = findings.find((finding) => finding.id === verdict.rootCause);
  return found === undefined ? [] : ['## Cause', findingText(found)];
}

function findings({ verdict, findings }: Postmortem): readonly string[] {
  const others = inOrder({ findings, verdict }).filter((finding) => finding.id !== verdict.rootCause);
  return others.length === 0 ? [] : ['## What else was found', ...others.map(findingText)];
}

function findingText(finding: Finding): string {
  const end = finding.end === null ? 'end of the recording' : clock(finding.end);
  const lines = [
    `**${md(finding.title)}** (${codeSpan(finding.id)}, ${finding.severity}, confidence ${finding.confidence}, ${clock(finding.onset)} → ${end})`,
    md(finding.summary),
    list('Evidence', finding.evidence.map(evidenceText)),
    list(
      'Ruled out',
      finding.ruledOut.map(({ id, because }) => `${codeSpan(id)}: ${md(because)}`),
    ),
    list('Cannot be excluded', finding.caveats.map(md)),
  ];
  return lines.filter((line) => line !== '').join('\n\n');
}

function list(title: string, items: readonly string[]): string {
  return items.length === 0 ? '' : `${title}:\n\n${items.map((item) => `- ${item}`).join('\n')}`;
}

function evidenceText(item: Evidence): string {
  const amount = (value: number): string => md(quantity(value, item.unit ?? ''));
  const value = item.value === undefined ? '' : `: **${amount(item.value)}**`;
  const facts = [
    item.baseline === undefined ? '' : `usual ${amount(item.baseline)}`,
    item.at === undefined ? '' : `at ${clock(item.at)}`,
    item.member === undefined ? '' : codeSpan(place(item)),
  ].filter((fact) => fact !== '');
  const excerpt = item.excerpt === undefined ? '' : `\n${codeBlock(item.excerpt, '  ')}`;
  return `${md(item.text)}${value}${facts.length === 0 ? '' : ` (${facts.join(', ')})`}${excerpt}`;
}

function actions(document: Postmortem): readonly string[] {
  const all = inOrder(document).flatMap((finding) => finding.actions);
  return all.length === 0 ? [] : ['## Actions', all.map(actionText).join('\n')];
}

function actionText({ text, command, risk, verify }: Action): string {
  const remarks = [risk === '' ? '' : `Risk: ${md(risk)}`, verify === '' ? '' : `Verify: ${md(verify)}`].filter(
    (remark) => remark !== '',
  );
  return [
    `- [ ] ${md(text)}`,
    command === undefined ? '' : codeBlock(command, '  '),
    ...remarks.map((remark) => `  ${remark}`),
  ]
    .filter((line) => line !== '')
    .join('\n');
}

function unchecked({ unchecked }: Postmortem): readonly string[] {
  if (unchecked.length === 0) return [];
  return [
    '## What could not be checked',
    unchecked
      .map(({ id, title, missing }) => `- ${md(title)} (${codeSpan(id)}): no ${missing.map(md).join(', ')}`)
      .join('\n'),
  ];
}

function quality(document: Postmortem): readonly string[] {
  const { quality, runs, method } = document;
  const lines = [
    ...runs.map(
      (run) =>
        `- ${md(run.name)}: ${number(run.captures)} ${run.captures === 1 ? 'capture' : 'captures'} of ${md(run.host)}, ${stamp(run.start)} to ${stamp(run.end)}`,
    ),
    `- ${number(quality.lines)} lines read: ${number(quality.lines - quality.known - quality.rejects)} gave ${number(quality.rows)} rows, ${number(quality.known)} carry none by nature, ${number(quality.rejects)} could not be read (${understood(quality.lines, quality.rejects)} understood)`,
    ...rejected(document),
    ...quality.gaps.map(({ host, start, end }) => `- no sample ${timeSpan(start, end)} on ${md(host)}`),
    ...quality.notes.map((note) => `- ${md(note)}`),
    ...importNotes(document).map((note) => `- not read: ${md(note)}`),
    ...method.parameters
      .filter(({ insteadOf }) => insteadOf !== undefined)
      .map(
        ({ name, value, insteadOf }) =>
          `- threshold ${codeSpan(name)} = ${md(String(value))} instead of ${md(String(insteadOf))}`,
      ),
  ];
  return ['## Data', lines.join('\n')];
}

/** Sources with lines that could not be read, and the reasons. */
function rejected({ coverage, quality }: Postmortem): readonly string[] {
  const sources = coverage
    .filter((one) => one.rejects > 0)
    .map(
      (one) =>
        `  - ${md(one.source)}: ${number(one.rejects)} of ${number(one.lines)} lines (${understood(one.lines, one.rejects)} understood)`,
    );
  const reasons = quality.rejectReasons.slice(0, MOST_REASONS).map((one) => {
    const place = codeSpan(`${one.capture} ${one.member}:${one.line}`);
    return `  - ${md(one.source)}, ${md(one.reason)}: ${reasonLines(one)}, first ${place} ${codeSpan(one.excerpt)}`;
  });
  const left = quality.rejectReasons.length - reasons.length;
  return [...sources, ...reasons, ...(left > 0 ? [`  - and ${number(left)} more reasons`] : [])];
}

function length(start: string, end: string): string {
  return duration((epochMs(end) - epochMs(start)) / 1000);
}
