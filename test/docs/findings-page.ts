import type { QueryFile } from '../../src/analysis/query-file.ts';
import { cell, row } from './markdown.ts';

/** `docs/findings.md`: every diagnosis, from the header of its query. */
export function findingsPage(findings: readonly QueryFile[]): string {
  return [
    '# Findings',
    '',
    'One diagnosis is one file of `queries/findings`. A finding whose evidence was not captured is listed in the report as not',
    'checked; it is not taken for absent.',
    '',
    row(['finding', 'title', 'at worst', 'role']),
    row(['---', '---', '---', '---']),
    ...findings.map((it) => row([`[${it.id}](#${it.id})`, cell(it.title), it.severity ?? '', it.role ?? ''])),
    ...findings.flatMap(section),
    '',
  ].join('\n');
}

function section(finding: QueryFile): string[] {
  const lines = [
    '',
    `## ${finding.id}`,
    '',
    `**${finding.title}.** ${finding.question}`,
    '',
    finding.why,
    '',
    ...finding.logic,
    '',
  ];
  if (finding.evidence !== null && finding.evidence.length > 0) {
    lines.push(`- Needs: ${finding.evidence.map((group) => group.join(' or ')).join('; ')}.`);
  }
  if (finding.explains.length > 0) lines.push(`- Explains, when it comes first: ${finding.explains.join(', ')}.`);
  if (finding.tells !== null) lines.push(`- Where another cause fits as well, it shows in: ${finding.tells}.`);
  for (const param of finding.params) {
    const unit = param.unit === '-' ? '' : ` ${param.unit}`;
    lines.push(`- \`${param.name}\` = ${param.value}${unit}: ${param.meaning}.`);
  }
  if (finding.caveats.length > 0)
    lines.push('', 'Innocent causes it cannot exclude:', '', ...finding.caveats.map((it) => `- ${it}`));
  if (finding.refs.length > 0) lines.push('', `See ${finding.refs.map(reference).join(', ')}.`);
  return lines;
}

function reference(text: string): string {
  return /^https?:\S+$/.test(text) ? `<${text}>` : text;
}
