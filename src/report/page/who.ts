import type { VNode } from 'preact';
import type { Postmortem, WhoGroup, WhoRow } from '../../analysis/document.ts';
import { number } from '../text/quantity.ts';
import { MOST_NAMES } from '../timeline/client-data.ts';
import { el } from './element.ts';
import { sentenceCase } from './marks.ts';
import { numeric, tableHead } from './table-head.ts';

/** What people were asked about first comes first; everything else follows in the order of the document. */
const ORDER = ['failed-requests', 'requests', 'accept-queue', 'SYN_RECV', 'CLOSE_WAIT', 'LAST_ACK'];
const KINDS: Readonly<Partial<Record<WhoRow['kind'], string>>> = {
  backend: 'backend',
  own: 'own address',
  'health-check': 'health check',
  proxy: 'proxy',
};

const BY: Readonly<Record<string, string>> = { url: 'URL', vhost: 'Virtual host', 'user-agent': 'User agent' };

/** The groups in the order of the page, which is also that of the client's data. */
export function whoGroups({ who }: Postmortem): readonly WhoGroup[] {
  const rank = ({ of }: WhoGroup): number => (ORDER.includes(of) ? ORDER.indexOf(of) : ORDER.length);
  return who.filter((group) => group.rows.length > 0).toSorted((a, b) => rank(a) - rank(b));
}

/** Who made up what rose, before and during: clients apart from backends, proxies, health checks and own addresses. */
export function whoSection(document: Postmortem): VNode {
  const groups = whoGroups(document);
  const several = document.hosts.length > 1;
  return el('section', { id: 'who', 'aria-labelledby': 'h-who' }, [
    el('h2', { id: 'h-who' }, 'Who'),
    el('p', { class: 'sub' }, groups.length === 0 ? 'Nothing rose that can be split by who it was.' : intro()),
    el(
      'div',
      { class: 'who' },
      groups.map((group, i) => groupTable(group, i, several)),
    ),
  ]);
}

function intro(): string {
  return 'What the rises were made of, before and during the window that was found. Bars show the share during it. Backends, proxies, health checks and own addresses are marked: they are no clients.';
}

function groupTable(group: WhoGroup, index: number, several: boolean): VNode {
  const shown = group.rows.slice(0, MOST_NAMES);
  const rest = group.rows.length - shown.length + (group.others?.names ?? 0);
  const unit = `${group.fold === 'mean' ? 'mean ' : ''}${group.unit}`;
  return el('table', { 'data-who': index }, [
    el('caption', null, [
      el('b', null, `${sentenceCase(group.title)}${several ? ` on ${group.host}` : ''}`),
      ` ${unit}`,
    ]),
    tableHead([
      BY[group.by] ?? sentenceCase(group.by),
      numeric('Before'),
      numeric('During', { class: 'n span' }),
      numeric('Share', { class: 'share' }),
    ]),
    el(
      'tbody',
      null,
      shown.map((row, i) => whoRow(row, i)),
    ),
    rest > 0 && el('tfoot', null, el('tr', null, el('td', { colspan: 4 }, `and ${number(rest)} more`))),
  ]);
}

function whoRow(row: WhoRow, index: number): VNode {
  const kind = KINDS[row.kind];
  const percent = Math.round(row.shareDuring * 1000) / 10;
  return el('tr', { 'data-name': index }, [
    el('th', { scope: 'row', title: row.name }, [
      kind !== undefined && [el('small', null, kind), ' '],
      el('span', null, row.name),
    ]),
    el('td', { class: 'n' }, row.before === null ? 'unknown' : number(row.before)),
    el('td', { class: 'n v during' }, number(row.during)),
    el('td', { class: 'share' }, [
      el('svg', { width: 60, height: 10, 'aria-hidden': 'true' }, [
        el('rect', { class: 'whole', width: 60, height: 10 }),
        el('rect', { class: kind === undefined ? 'part' : 'part apart', width: percent * 0.6, height: 10 }),
      ]),
      el('span', null, `${number(Number(percent.toPrecision(2)))} %`),
    ]),
  ]);
}
