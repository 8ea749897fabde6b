import type { VNode } from 'preact';
import type { Postmortem, WhoGroup, WhoRow } from '../../analysis/document.ts';
import { number } from '../../base/quantity.ts';
import { MOST_NAMES } from '../timeline/client-data.ts';
import { type Content, el } from './element.ts';
import { sentenceCase } from './marks.ts';
import { numeric, tableHead } from './table-head.ts';

/** What people were asked about first comes first; everything else follows in the order of the document. */
const ORDER = ['failed-requests', 'requests', 'accept-queue', 'SYN_RECV', 'CLOSE_WAIT', 'LAST_ACK'];
/** What tells most comes first. */
const SPLITS = ['url', 'vhost', 'listener', 'backend', 'process', 'prefix', 'peer', 'user-agent'];
/** Rises whose names are shown unfolded, where one of them stands out. */
const MOST_OPEN = 3;
const STANDS_OUT = 0.2;
const INTRO =
  'What the rises were made of in the window that was found: for each way to split one, the name with most of it, and how many names there are. Backends, proxies, health checks and own addresses are marked: they are no clients.';
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
  const rises = new Map<string, WhoGroup[]>();
  for (const group of groups) {
    const key = JSON.stringify([group.host, group.run, group.of]);
    rises.set(key, [...(rises.get(key) ?? []), group]);
  }
  return el('section', { id: 'who', 'aria-labelledby': 'h-who' }, [
    el('h2', { id: 'h-who' }, 'Who'),
    el('p', { class: 'sub' }, groups.length === 0 ? 'Nothing rose that can be split by who it was.' : INTRO),
    el(
      'div',
      { class: 'who' },
      [...rises.values()].map((rise, i) => riseBlock(rise, (group) => groups.indexOf(group), several, i < MOST_OPEN)),
    ),
  ]);
}

/** What rose, and a line for each way to split it: the name that made up most of it; all names folded below. */
function riseBlock(
  rise: readonly WhoGroup[],
  indexOf: (group: WhoGroup) => number,
  several: boolean,
  mayOpen: boolean,
): VNode {
  const first = rise[0]!;
  const rank = ({ by }: WhoGroup): number => (SPLITS.includes(by) ? SPLITS.indexOf(by) : SPLITS.length);
  const splits = rise.toSorted((a, b) => rank(a) - rank(b));
  const open = mayOpen ? splits.find(isTelling) : undefined;
  return el('div', { class: 'rise', 'data-host': first.host }, [
    el('h3', null, [
      sentenceCase(first.title.replace(/ by [^)]*$/, '')),
      el('small', null, ` ${first.fold === 'mean' ? 'mean ' : ''}${first.unit}${several ? ` on ${first.host}` : ''}`),
    ]),
    splits.map((group) => split(group, indexOf(group), group === open)),
  ]);
}

/** Whether one of several names stands out. */
function isTelling({ rows }: WhoGroup): boolean {
  return rows.length > 1 && rows.some((row) => row.shareDuring >= STANDS_OUT);
}

function split(group: WhoGroup, index: number, open: boolean): VNode {
  const top = group.rows.reduce((most, row) => (row.shareDuring > most.shareDuring ? row : most));
  const names = group.rows.length + (group.others?.names ?? 0);
  return el('details', { 'data-who': index, open }, [
    el('summary', null, [
      el('b', null, BY[group.by] ?? sentenceCase(group.by)),
      el('span', { class: 'most' }, top.shareDuring > 0 ? name(top) : 'none during it'),
      el('span', { class: 'share' }, bar(top)),
      el('small', null, names === 1 ? '' : `of ${number(names)}`),
    ]),
    groupTable(group),
  ]);
}

function groupTable(group: WhoGroup): VNode {
  const shown = group.rows.slice(0, MOST_NAMES);
  const rest = group.rows.length - shown.length + (group.others?.names ?? 0);
  return el('table', null, [
    el('caption', { class: 'visually-hidden' }, group.title),
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
  return el('tr', { 'data-name': index }, [
    el('th', { scope: 'row', title: row.name }, name(row)),
    el('td', { class: 'n' }, row.before === null ? 'unknown' : number(row.before)),
    el('td', { class: 'n v during' }, number(row.during)),
    el('td', { class: 'share' }, bar(row)),
  ]);
}

function name(row: WhoRow): Content {
  const kind = KINDS[row.kind];
  return [kind !== undefined && [el('small', null, kind), ' '], el('span', null, row.name)];
}

/** The share of a row, drawn and written. */
function bar({ kind, shareDuring }: WhoRow): readonly VNode[] {
  const percent = Math.round(shareDuring * 1000) / 10;
  return [
    el('svg', { width: 60, height: 10, 'aria-hidden': 'true' }, [
      el('rect', { class: 'whole', width: 60, height: 10 }),
      el('rect', { class: KINDS[kind] === undefined ? 'part' : 'part apart', width: percent * 0.6, height: 10 }),
    ]),
    el('span', null, `${number(Number(percent.toPrecision(2)))} %`),
  ];
}
