import type { Postmortem } from '../analysis/document.ts';
import { duration } from '../base/quantity.ts';
import { course } from './markdown/course.ts';
import { data } from './markdown/data.ts';
import { actions, findingText } from './markdown/findings.ts';
import { notes } from './markdown/notes.ts';
import { toFillIn } from './markdown/to-fill-in.ts';
import { inOrder, rootOf } from './page/cards.ts';
import { clockNote } from './page/head.ts';
import { codeSpan, escapeMarkdown as md } from './text/markdown.ts';
import { safeCopy } from './text/safe-copy.ts';
import { day, epochMs, offset, timeSpan } from './text/time.ts';

/**
 * The postmortem as Markdown to paste into a ticket or a wiki: impact, timeline, cause, contributing factors, what was
 * ruled out, actions, open questions, then the evidence. What only people know is marked `[TO FILL IN: …]`. Text of the
 * document is escaped.
 */
export function renderMarkdown(original: Postmortem): string {
  const document = safeCopy(original);
  const parts = [
    `# ${md(document.verdict.sentence)}`,
    ...summary(document),
    ...impact(document),
    ...course(document),
    ...cause(document),
    ...factors(document),
    ...ruledOut(document),
    ...actions(document),
    ...openQuestions(document),
    ...notes(document),
    ...others(document),
    ...data(document),
    `*lastack ${md(document.method.lastack)}; times are UTC${clockNote(document)}.*`,
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
    `**${hosts.length === 1 ? 'Host' : 'Hosts'}:** ${hosts.map((host) => md(host.name)).join(', ')}`,
    `**Confidence:** ${verdict.confidence}`,
  ];
  return [
    facts.filter((fact) => fact !== '').join(' · '),
    md(verdict.explanation),
    verdict.doFirst === null ? '' : `**Do first:** ${md(verdict.doFirst)}`,
  ];
}

function impact({ verdict, window }: Postmortem): readonly string[] {
  if (window === null && verdict.numbers.length === 0) return [];
  const rows = verdict.numbers.map(
    ({ label, value, usual }) =>
      `- ${md(label)}: **${md(value)}**${usual === null ? '' : ` (${/usual/.test(usual) ? '' : 'usual '}${md(usual)})`}`,
  );
  const asked = ['what users noticed, and how many of them', 'how it was detected, and what ended it'];
  return ['## Impact', [...rows, ...asked.map((what) => `- ${toFillIn(what)}`)].join('\n')];
}

function cause(document: Postmortem): readonly string[] {
  const found = rootOf(document);
  const followed = document.verdict.course.map(
    ({ lagS, text }) => `- ${Math.abs(lagS) < 0.5 ? '0 s' : offset(lagS)}: ${md(text)}`,
  );
  const list = followed.length === 0 ? [] : [`What followed:\n\n${followed.join('\n')}`];
  return found === undefined && list.length === 0
    ? []
    : [
        '## Cause',
        ...(found === undefined ? ['No cause is named.'] : [findingText(found, document.hosts.length > 1)]),
        ...list,
      ];
}

/** What made it worse or could have caused it as well: other causes, and settings that had a part in it. */
function factors(document: Postmortem): readonly string[] {
  const { findings, settings, hosts, window } = document;
  if (window === null) return [];
  const root = rootOf(document);
  const on = (host: string): string => (hosts.length > 1 ? ` on ${md(host)}` : '');
  const causes = findings
    .filter((finding) => finding.role === 'cause' && finding !== root)
    .map((finding) => `- ${md(finding.title)}${on(finding.host)} (${codeSpan(finding.id)}): ${md(finding.summary)}`);
  const judged = settings
    .filter((setting) => setting.matters)
    .map(({ host, key, value, judgement, why }) => {
      return `- ${codeSpan(`${key} = ${value}`)}${on(host)}: ${md(judgement ?? '')}${why === null ? '' : `. ${md(why)}`}`;
    });
  const lines = [...causes, ...judged];
  return lines.length === 0 ? [] : ['## Contributing factors', lines.join('\n')];
}

/** Each look-alike once, with every observation that speaks against it. */
function ruledOut({ verdict, findings }: Postmortem): readonly string[] {
  const reasons = new Map<string, Set<string>>();
  for (const { id, because } of [...verdict.ruledOut, ...findings.flatMap((finding) => finding.ruledOut)])
    reasons.set(id, (reasons.get(id) ?? new Set()).add(because));
  const lines = [...reasons].map(([id, becauses]) => `- ${codeSpan(id)}: ${[...becauses].map(md).join('; ')}`);
  return lines.length === 0 ? [] : ['## Ruled out', lines.join('\n')];
}

/** What the recording leaves open: limits of the verdict, causes not excluded, questions that had no data. */
function openQuestions(document: Postmortem): readonly string[] {
  const { verdict, unchecked, window } = document;
  const root = rootOf(document);
  const lines = [
    ...verdict.limits.map(md),
    ...(root?.caveats ?? []).map(md),
    ...(window?.endsAfterRecording === true
      ? ['It was still going on when the recording ended: when did it end?']
      : []),
    ...unchecked.map(({ id, title, missing }) => `${md(title)} (${codeSpan(id)}): no ${missing.map(md).join(', ')}`),
  ];
  return lines.length === 0 ? [] : ['## Open questions', lines.map((line) => `- ${line}`).join('\n')];
}

function others(document: Postmortem): readonly string[] {
  const root = rootOf(document);
  const rest = inOrder(document).filter((finding) => finding !== root);
  return rest.length === 0
    ? []
    : ['## What else was found', ...rest.map((one) => findingText(one, document.hosts.length > 1))];
}

function length(start: string, end: string): string {
  return duration((epochMs(end) - epochMs(start)) / 1000);
}
