import type { VNode } from 'preact';
import type { Evidence, Finding, Postmortem } from '../../analysis/document.ts';
import { duration, quantity } from '../../base/quantity.ts';
import { clock, epochMs } from '../text/time.ts';
import type { Measures } from '../timeline/measures.ts';
import { type Cards, ROLES } from './cards.ts';
import { type Content, el } from './element.ts';
import type { EvidenceCharts } from './evidence-charts.ts';
import { findingChart } from './finding-chart.ts';
import { AWAY, bullets, copyable, moment, sentenceCase, severityMark } from './marks.ts';
import { trusted } from './raw.ts';
import { numeric, tableHead } from './table-head.ts';

const COUNTS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** The findings, cause first. */
export function findingsSection(document: Postmortem, cards: Cards, charts: EvidenceCharts, measures: Measures): VNode {
  const findings = cards.inOrder;
  return el('section', { id: 'findings', 'aria-labelledby': 'h-findings' }, [
    el('h2', { id: 'h-findings' }, 'Findings'),
    el('p', { class: 'sub' }, [
      findings.length === 0 ? quiet(document) : tally(findings, cards.root),
      el('small', { class: 'shown', 'data-count': '.finding' }, ''),
    ]),
    ...findings.map((finding) => card(finding, cards.idOf(finding), finding === cards.root, charts, measures)),
  ]);
}

function quiet({ method, coverage, unchecked }: Postmortem): string {
  const questions = method.queries.filter((query) => query.includes('findings/')).length;
  const sources = coverage.filter((one) => one.rows > 0).length;
  const open = unchecked.length === 0 ? '' : ` ${unchecked.length} more could not be asked: they are listed below.`;
  return `Nothing above usual was found. ${counted(questions, 'question')} asked of ${sources} ${sources === 1 ? 'source' : 'sources'}.${open} What each source gave is under Data quality.`;
}

function tally(findings: readonly Finding[], root: Finding | undefined): string {
  const counted = ROLES.flatMap((role) => {
    const count = findings.filter((finding) => finding.role === role && finding !== root).length;
    const word = { cause: 'possible cause', symptom: 'symptom', context: 'for context' }[role] ?? role;
    return count === 0 ? [] : [`${COUNTS[count] ?? count} ${word}${count === 1 || role === 'context' ? '' : 's'}`];
  });
  const parts = root === undefined ? counted : ['the cause', ...counted];
  return `${sentenceCase(parts.join(', '))}.`;
}

function card(finding: Finding, id: string, isRoot: boolean, charts: EvidenceCharts, measures: Measures): VNode {
  const chart = charts.charts.get(finding);
  const about = [finding.subject, finding.host].filter((text) => text !== null).join(' on ');
  const span = {
    'data-host': finding.host,
    'data-from': epochMs(finding.onset),
    'data-to': finding.end === null ? undefined : epochMs(finding.end),
  };
  return el('article', { class: 'finding', id, ...span, 'aria-labelledby': `h-${id}` }, [
    el('header', null, [
      severityMark(finding.severity),
      el(
        'span',
        { class: 'role' },
        finding.role === 'cause' && !isRoot ? 'Possible cause' : sentenceCase(finding.role),
      ),
      el('code', null, finding.id),
      el('span', null, about),
      el('span', null, `Confidence: ${finding.confidence}`),
      el('span', null, when(finding)),
      AWAY,
      el('h3', { id: `h-${id}` }, finding.title),
    ]),
    el('div', { class: 'claimed' }, [
      el('p', { class: 'claim' }, finding.summary),
      chart !== undefined && findingChart(finding, chart, charts.span),
    ]),
    finding.evidence.length > 0 && evidenceTable(finding, charts, measures),
    columns(finding),
    rawLines(finding.evidence),
    el('details', null, [el('summary', null, 'The query behind it'), copyable(`-- ${finding.query}\n${finding.sql}`)]),
  ]);
}

function when(finding: Finding): Content {
  const onset = epochMs(finding.onset);
  const end = finding.end === null ? null : epochMs(finding.end);
  const known = finding.onsetUncertaintyS >= 0.5 ? ` ± ${duration(finding.onsetUncertaintyS)}` : '';
  if (end !== null && end - onset < 1000) return [moment(finding.onset, clock(onset)), known];
  const length = end === null ? '' : ` (${duration((end - onset) / 1000)})`;
  return [
    moment(finding.onset, clock(onset)),
    known,
    ` → ${end === null ? 'end of the recording' : clock(end)}${length}`,
  ];
}

function evidenceTable({ evidence, host }: Finding, charts: EvidenceCharts, measures: Measures): VNode {
  return el('div', { class: 'scroll' }, [
    el('table', { class: 'evidence stacked' }, [
      el('caption', null, 'Evidence'),
      tableHead(['What', numeric('Value'), numeric('Usual'), 'When (UTC)', 'Course', 'Where']),
      el(
        'tbody',
        null,
        evidence.map((item) => evidenceRow(item, charts.sparklines.get(item), measures.indexOf({ ...item, host }))),
      ),
    ]),
  ]);
}

function evidenceRow(item: Evidence, sparkline: string | undefined, measure: number | undefined): VNode {
  const amount = (value: number | undefined): string => (value === undefined ? '' : quantity(value, item.unit ?? ''));
  return el('tr', null, [
    el('th', { scope: 'row' }, [
      item.text,
      measure !== undefined && el('small', { class: 'shown', 'data-measure': measure }, ''),
    ]),
    el('td', { class: 'n v', 'data-label': 'value' }, amount(item.value)),
    el('td', { class: 'n', 'data-label': 'usual' }, amount(item.baseline)),
    el('td', { class: 'when', 'data-label': 'at' }, item.at === undefined ? '' : moment(item.at, clock(item.at))),
    el(
      'td',
      { class: 'course' },
      sparkline !== undefined &&
        trusted('svg', sparkline, {
          class: 'spark',
          viewBox: '0 0 120 24',
          width: '120',
          height: '24',
          'aria-hidden': 'true',
        }),
    ),
    el('td', { class: 'place' }, place(item)),
  ]);
}

/** The file of a capture, without the folder in it that has the same name. */
export function captureName(capture: string): string {
  return capture.replace(/^(.*?([^/]+)\.(?:tar\.gz|tgz|tar))\/\2$/, '$1');
}

/** Where a piece of evidence stands: capture, and of a raw line the member and its number. */
export function place({ capture, member, line }: Evidence): string {
  const parts = [
    capture === undefined ? '' : captureName(capture),
    member === undefined ? '' : `${member}${line === undefined ? '' : `:${line}`}`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}

function columns(finding: Finding): VNode | null {
  const left = [
    ...(finding.ruledOut.length > 0
      ? [
          el('h4', null, 'Ruled out'),
          bullets(finding.ruledOut.map(({ id, because }) => [el('b', null, `${id}. `), because])),
        ]
      : []),
    ...(finding.caveats.length > 0 ? [el('h4', null, 'Cannot be excluded'), bullets(finding.caveats)] : []),
  ];
  const right =
    finding.actions.length > 0
      ? [el('h4', null, 'Do this'), el('ol', { class: 'actions' }, finding.actions.map(action))]
      : [];
  if (left.length === 0 && right.length === 0) return null;
  return el('div', { class: 'columns' }, [
    left.length > 0 && el('div', null, left),
    right.length > 0 && el('div', null, right),
  ]);
}

function action({ text, command, risk, verify }: Finding['actions'][number]): VNode {
  const remarks = [
    risk !== '' && [el('b', null, 'Risk: '), stopped(risk), ' '],
    verify !== '' && [el('b', null, 'Verify: '), stopped(verify)],
  ];
  return el('li', null, [
    el('p', null, text),
    command !== undefined && copyable(command),
    el('p', { class: 'remarks' }, remarks),
  ]);
}

function rawLines(evidence: readonly Evidence[]): VNode | null {
  const quoted = evidence.filter((item) => item.excerpt !== undefined);
  if (quoted.length === 0) return null;
  const blocks = quoted.flatMap((item) => [
    el('p', { class: 'place' }, place(item)),
    el('pre', { class: 'raw' }, item.excerpt),
  ]);
  return el('details', null, [
    el('summary', null, quoted.length === 1 ? 'Raw line' : `${quoted.length} raw lines`),
    ...blocks,
  ]);
}

/** The text with a full stop, where it has none. */
function stopped(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function counted(count: number, what: string): string {
  return count === 1 ? `1 ${what} was` : `${count} ${what}s were`;
}
