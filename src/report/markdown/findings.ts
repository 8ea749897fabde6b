import type { Action, Evidence, Finding, Postmortem } from '../../analysis/document.ts';
import { quantity } from '../../base/quantity.ts';
import { inOrder } from '../page/cards.ts';
import { place } from '../page/findings.ts';
import { codeBlock, codeSpan, escapeMarkdown as md } from '../text/markdown.ts';
import { clock } from '../text/time.ts';
import { toFillIn } from './to-fill-in.ts';

/** A finding with its evidence; `several`: there are other hosts. */
export function findingText(finding: Finding, several: boolean): string {
  const end = finding.end === null ? 'end of the recording' : clock(finding.end);
  const lines = [
    `**${md(finding.title)}**${several ? ` on ${md(finding.host)}` : ''} (${codeSpan(finding.id)}, ${finding.severity}, confidence ${finding.confidence}, ${clock(finding.onset)} → ${end})`,
    md(finding.summary),
    list('Evidence', finding.evidence.map(evidenceText)),
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

/** What to do, as a list to tick off, the cause first. */
export function actions(document: Postmortem): readonly string[] {
  const all = inOrder(document).flatMap((finding) => finding.actions);
  return all.length === 0
    ? []
    : ['## Actions', `${all.map(actionText).join('\n')}\n\n${toFillIn('who does each of these, and until when')}`];
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
