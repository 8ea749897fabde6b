import type { VNode } from 'preact';
import type { ComparedFinding, Comparison } from '../../analysis/comparison-document.ts';
import { type Content, el } from '../page/element.ts';
import { tableHead } from '../page/table-head.ts';
import { runTable } from './run-table.ts';
import { alignmentOf, consequenceOf, reasonOf, shareOf, TALKER_KINDS } from './words.ts';

type Row = readonly Content[];

/** A section with a table, or with a sentence where there is nothing to put into one. */
function tableSection(
  id: string,
  title: string,
  intro: string,
  columns: readonly string[],
  rows: readonly Row[],
): VNode {
  return el('section', { id, 'aria-labelledby': `h-${id}` }, [
    el('h2', { id: `h-${id}` }, title),
    el('p', { class: 'sub' }, intro),
    rows.length > 0 && scrolled(columns, rows, `h-${id}`),
  ]);
}

function scrolled(columns: readonly string[], rows: readonly Row[], label: string): VNode {
  return el('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-labelledby': label }, [
    el('table', { class: 'stacked' }, [
      tableHead(columns),
      el(
        'tbody',
        null,
        rows.map(([first, ...rest]) =>
          el('tr', null, [
            el('th', { scope: 'row' }, first),
            ...rest.map((cell, i) => el('td', { 'data-label': columns[i + 1]!.toLowerCase() }, cell)),
          ]),
        ),
      ),
    ]),
  ]);
}

/** What differs, with what follows from it; what is the same folded up, with its number. */
export function comparabilitySection({ comparability }: Comparison): VNode {
  const unequal = comparability.filter(({ ok }) => !ok);
  const same = comparability.filter(({ ok }) => ok);
  return el('section', { id: 'comparability', 'aria-labelledby': 'h-comparability' }, [
    el('h2', { id: 'h-comparability' }, 'Can they be compared?'),
    el(
      'p',
      { class: 'sub' },
      unequal.length === 0
        ? 'Everything that was recorded of the circumstances is the same.'
        : `${unequal.length} of ${comparability.length} circumstances differ.`,
    ),
    unequal.length > 0 &&
      scrolled(
        ['Circumstance', 'Before', 'After', 'What follows'],
        unequal.map((one) => [one.aspect, one.before, one.after, consequenceOf(one)]),
        'h-comparability',
      ),
    same.length > 0 &&
      el('details', null, [
        el('summary', null, `The same on both sides: ${same.length}`),
        scrolled(
          ['Circumstance', 'Before', 'After'],
          same.map((one) => [one.aspect, one.before, one.after]),
          'h-comparability',
        ),
      ]),
  ]);
}

const ANSWERS = {
  confirmed: 'Confirmed',
  contradicted: 'Contradicted',
  'not-shown': 'Not shown',
  'not-recorded': 'Not recorded',
} as const;
const ANSWER_CLASS = {
  confirmed: 'better',
  contradicted: 'worse',
  'not-shown': 'inconclusive',
  'not-recorded': 'inconclusive',
} as const;

export function hypothesesSection({ hypotheses }: Comparison): VNode {
  return tableSection(
    'hypotheses',
    'What was expected',
    hypotheses.length === 0
      ? 'Nothing was asked (--expect), and no setting with a known effect differs.'
      : 'What was asked first, then what is known of the settings that differ.',
    ['Metric', 'Expected', 'Answer', 'What was seen', 'Why it was expected'],
    hypotheses.map((one) => [
      el('code', null, one.metric),
      one.expected,
      el('span', { class: `verdict-word ${ANSWER_CLASS[one.answer]}` }, ANSWERS[one.answer]),
      one.sentence,
      reasonOf(one),
    ]),
  );
}

export function findingsSection({ findings }: Comparison): VNode {
  const rows = (
    [
      ['No longer found', 'better', findings.resolved],
      ['Newly found', 'worse', findings.appeared],
      ['On both sides', 'inconclusive', findings.persisting],
    ] as const
  ).flatMap(([title, look, list]) => list.map((one) => findingRow(title, look, one)));
  return tableSection(
    'findings',
    'Findings',
    rows.length === 0
      ? 'Neither side has a finding.'
      : `${findings.resolved.length} no longer found, ${findings.appeared.length} new, ${findings.persisting.length} on both sides.`,
    ['Finding', 'Change', 'Before', 'After'],
    rows,
  );
}

function findingRow(title: string, look: string, one: ComparedFinding): Row {
  const side = (strength: ComparedFinding['before']): string =>
    strength === null ? 'not found' : `${strength.severity}, confidence ${strength.confidence}. ${strength.summary}`;
  return [
    `${one.title}${one.subject === null ? '' : ` (${one.subject})`}`,
    el('span', { class: `verdict-word ${look}` }, title),
    side(one.before),
    side(one.after),
  ];
}

export function settingsSection({ settings }: Comparison): VNode {
  return tableSection(
    'settings',
    'Settings that differ',
    settings.length === 0
      ? 'None of those that were recorded on both sides.'
      : `${settings.length}, with the metrics each is known to move.`,
    ['Setting', 'Kind', 'Before', 'After', 'Should move'],
    settings.map((one) => [
      el('code', null, one.key),
      one.kind,
      one.before ?? 'not set',
      one.after ?? 'not set',
      one.moves.join(', '),
    ]),
  );
}

export function talkersSection({ talkers }: Comparison): VNode {
  return tableSection(
    'talkers',
    'Talkers gained and lost',
    talkers.length === 0
      ? 'Nobody’s share moved by 2 % or more and beyond chance, or no request was logged.'
      : 'Share of the requests, of listeners share of the sockets. Those that moved by less than 2 %, or no more than by chance, are not listed.',
    ['Name', 'Kind', 'Before', 'After', 'Share'],
    talkers.map((one) => [
      one.name,
      TALKER_KINDS[one.kind],
      shareOf(one.before),
      shareOf(one.after),
      one.change === 'gained' ? 'Gained' : 'Lost',
    ]),
  );
}

/** Run by run, where there are more than two. */
export function runsSection({ runs, metrics }: Comparison): VNode | null {
  if (runs.length === 0) return null;
  const { intro, columns, rows } = runTable(runs, metrics);
  return tableSection('runs', 'Run by run', intro, columns, rows);
}

const ONE_SIDED_SHOWN = 100;

export function methodSection({ method, oneSided }: Comparison): VNode {
  return el('section', { id: 'method', 'aria-labelledby': 'h-method' }, [
    el('h2', { id: 'h-method' }, 'Method'),
    el(
      'p',
      { class: 'sub' },
      `Two-sided level ${method.level}. ${method.tests.primary} tests of primary metrics, each judged alone; ${method.tests.others} of others, judged together by Benjamini and Hochberg. ${alignmentOf(method)} “Cannot be told” is not “unchanged”: unchanged means that the whole interval lies within what matters.`,
    ),
    ...method.limits.map((limit) => el('p', { class: 'sub' }, limit)),
    oneSided.length > 0 &&
      el('details', null, [
        el('summary', null, `${oneSided.length} series are there on one side only and not compared`),
        el('ul', { class: 'ruled' }, [
          ...oneSided
            .slice(0, ONE_SIDED_SHOWN)
            .map((one) =>
              el('li', null, `${one.title}${one.dimension === '' ? '' : `, ${one.dimension}`}: missing ${one.missing}`),
            ),
          oneSided.length > ONE_SIDED_SHOWN &&
            el('li', null, `and ${oneSided.length - ONE_SIDED_SHOWN} more, in the JSON`),
        ]),
      ]),
  ]);
}
