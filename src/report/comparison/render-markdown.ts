import type { ComparedFinding, ComparedMetric, Comparison } from '../../analysis/comparison-document.ts';
import { codeSpan, escapeMarkdown as text } from '../text/markdown.ts';
import { safeCopy } from '../text/safe-copy.ts';
import { stamp } from '../text/time.ts';
import { runTable } from './run-table.ts';
import {
  alignmentOf,
  basisOf,
  consequenceOf,
  countsOf,
  differenceOf,
  intervalOf,
  nameOf,
  noteOf,
  reasonOf,
  shareOf,
  TALKER_KINDS,
  valueOf,
  WORDS,
} from './words.ts';

/** The comparison as Markdown; everything that came out of a capture is escaped. */
export function renderComparisonMarkdown(original: Comparison): string {
  const document = safeCopy(original);
  const { verdict, before, after, metrics, method } = document;
  const primary = metrics.filter((metric) => metric.primary);
  const others = metrics.filter((metric) => !metric.primary);
  const told = others.filter(({ verdict: said }) => said !== 'inconclusive' && said !== 'unchanged');
  return [
    `# ${text(verdict.sentence)}`,
    '',
    ...[before, after].map(
      (side, i) =>
        `- ${i === 0 ? 'Before' : 'After'}: ${text(side.label)} on ${text(side.hosts.join(', '))}, ${stamp(side.start)} to ${stamp(side.end)} UTC, ${side.samples} samples`,
    ),
    ...verdict.remarks.map((remark) => `- ${text(remark)}`),
    ...section(
      'Can they be compared?',
      table(
        ['Aspect', 'Before', 'After', 'Same', 'Note'],
        document.comparability.map((one) => [
          one.aspect,
          one.before,
          one.after,
          one.ok ? 'yes' : 'NO',
          consequenceOf(one),
        ]),
      ),
    ),
    ...section(
      'Hypotheses',
      document.hypotheses.map(
        (one) =>
          `- **${ANSWERS[one.answer]}**: ${codeSpan(one.metric)} ${one.expected}. ${text(one.sentence)} ${text(reasonOf(one))}`,
      ),
    ),
    ...section('Primary metrics', metricTable(primary)),
    ...section(`Other metrics: ${countsOf(others)}`, metricTable(told)),
    ...section('Findings', [
      ...findings('No longer found', document.findings.resolved),
      ...findings('Newly found', document.findings.appeared),
      ...findings('Found on both sides', document.findings.persisting),
    ]),
    ...section(
      'Settings that differ',
      table(
        ['Setting', 'Before', 'After', 'Should move'],
        document.settings.map((one) => [
          one.key,
          one.before ?? 'not set',
          one.after ?? 'not set',
          one.moves.join(', '),
        ]),
      ),
    ),
    ...section(
      'Talkers gained and lost',
      table(
        ['Name', 'Kind', 'Before', 'After', 'Share'],
        document.talkers.map((one) => [
          one.name,
          TALKER_KINDS[one.kind],
          shareOf(one.before),
          shareOf(one.after),
          one.change,
        ]),
      ),
    ),
    ...section('Run by run', runTableOf(document)),
    ...section('Only on one side', [
      ...document.oneSided
        .slice(0, ONE_SIDED_SHOWN)
        .map(
          (one) =>
            `- ${text(one.title)}${one.dimension === '' ? '' : `, ${text(one.dimension)}`}: not there ${one.missing}`,
        ),
      ...(document.oneSided.length > ONE_SIDED_SHOWN
        ? [`- and ${document.oneSided.length - ONE_SIDED_SHOWN} more, in the JSON`]
        : []),
    ]),
    '',
    '## Method',
    '',
    `Level ${method.level}; ${method.tests.primary} tests of primary metrics, each alone, and ${method.tests.others} others together (Benjamini-Hochberg). ${alignmentOf(method)}`,
    ...method.limits.map((limit) => text(limit)),
    '',
  ].join('\n');
}

function runTableOf({ runs, metrics }: Comparison): string[] {
  if (runs.length === 0) return [];
  const { intro, columns, rows } = runTable(runs, metrics);
  return [text(intro), '', ...table(columns, rows)];
}

const ONE_SIDED_SHOWN = 40;

const ANSWERS = {
  confirmed: 'Confirmed',
  contradicted: 'Contradicted',
  'not-shown': 'Not shown',
  'not-recorded': 'Not recorded',
} as const;

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', `## ${text(title)}`, '', ...lines];
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(titles), line(titles.map(() => '---')), ...rows.map((cells) => line(cells.map(text)))];
}

function metricTable(metrics: readonly ComparedMetric[]): string[] {
  return table(
    ['Metric', 'Verdict', 'Before', 'After', 'Difference', 'Interval', 'Basis', 'Note'],
    metrics.map((metric) => [
      nameOf(metric),
      WORDS[metric.verdict],
      valueOf(metric, metric.before),
      valueOf(metric, metric.after),
      differenceOf(metric),
      intervalOf(metric),
      basisOf(metric),
      [noteOf(metric), ...metric.movedBy.map((key) => `${key} was changed`)].filter((part) => part !== '').join('; '),
    ]),
  );
}

function findings(title: string, list: readonly ComparedFinding[]): string[] {
  return list.map(
    (one) => `- ${title}: ${text(one.title)}${one.subject === null ? '' : ` (${text(one.subject)})`}, ${strength(one)}`,
  );
}

function strength({ before, after }: ComparedFinding): string {
  return [before, after]
    .map((side) => (side === null ? 'not found' : `${side.severity}, ${side.confidence}`))
    .join(' → ');
}
