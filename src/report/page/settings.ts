import type { VNode } from 'preact';
import type { Postmortem, Setting } from '../../analysis/document.ts';
import { el } from './element.ts';
import { tableHead } from './table-head.ts';

const KINDS: readonly (readonly [kind: Setting['kind'], title: string])[] = [
  ['apache', 'Apache'],
  ['listener', 'Listeners'],
  ['sysctl', 'Kernel'],
];

/** Settings, those with something to say first; the rest is folded. */
export function settingsSection(document: Postmortem): VNode {
  const judged = document.settings.filter((setting) => setting.judgement !== null);
  const plain = document.settings.filter((setting) => setting.judgement === null);
  return el('section', { id: 'settings', 'aria-labelledby': 'h-settings' }, [
    el('h2', { id: 'h-settings' }, 'Settings'),
    el('p', { class: 'sub' }, intro(judged.length, plain.length)),
    judged.length > 0 && table(judged, document.hosts.length > 1, true),
    plain.length > 0 &&
      el('details', null, [
        el('summary', null, `${plain.length} ${judged.length > 0 ? 'more ' : ''}settings, as recorded`),
        table(plain, document.hosts.length > 1, false),
      ]),
  ]);
}

function intro(judged: number, plain: number): string {
  if (judged + plain === 0) return 'No settings were recorded.';
  return judged === 0
    ? 'Nothing to say about any of them.'
    : 'Those that matter here, judged; the file and line they come from.';
}

function table(settings: readonly Setting[], severalHosts: boolean, judged: boolean): VNode {
  const titles = [
    'Setting',
    'Value',
    ...(judged ? ['Judgement', 'Why'] : []),
    ...(severalHosts ? ['Host'] : []),
    'From',
  ];
  return el('div', { class: 'scroll' }, [
    el('table', { class: 'settings stacked' }, [
      tableHead(titles),
      ...KINDS.map(([kind, title]) => ({ title, rows: settings.filter((setting) => setting.kind === kind) }))
        .filter(({ rows }) => rows.length > 0)
        .map(({ title, rows }) =>
          el('tbody', null, [
            el('tr', { class: 'group' }, el('th', { scope: 'rowgroup', colspan: titles.length }, title)),
            ...rows.map((setting) => row(setting, severalHosts, judged)),
          ]),
        ),
    ]),
  ]);
}

function row(setting: Setting, severalHosts: boolean, judged: boolean): VNode {
  return el('tr', { 'data-host': setting.host }, [
    el('th', { scope: 'row' }, el('code', null, setting.key)),
    el('td', { class: 'v' }, setting.value),
    judged && el('td', { class: 'judgement' }, setting.judgement),
    judged && el('td', null, setting.why),
    severalHosts && el('td', { 'data-label': 'host' }, setting.host),
    el('td', { class: 'place' }, setting.origin),
  ]);
}
