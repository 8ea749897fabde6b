import type { VNode } from 'preact';
import type { Coverage, Postmortem } from '../../analysis/document.ts';
import { bytes, number, understood } from '../../base/quantity.ts';
import { el } from './element.ts';
import { numeric, tableHead } from './table-head.ts';

/** Statuses in the order of their columns. */
const STATUSES = ['collected', 'empty', 'truncated', 'failed', 'absent', 'skipped'];
const BAD: ReadonlySet<string> = new Set(['truncated', 'failed', 'absent']);

/** What each source gave, and beneath it what nobody reads. */
export function coverageTable(document: Postmortem): readonly VNode[] {
  const unread = document.coverage.filter(isUnread);
  const read = document.coverage.filter((one) => !isUnread(one));
  const used = STATUSES.filter((status) => read.some((one) => (one.samples[status] ?? 0) > 0));
  const severalHosts = document.hosts.length > 1;
  const table = el('div', { class: 'scroll' }, [
    el('table', { class: 'coverage stacked' }, [
      el('caption', null, 'Coverage, by source and status of its samples'),
      tableHead([
        'Source',
        ...(severalHosts ? ['Host'] : []),
        ...[...used, 'lines', 'rows', 'known', 'rejects', 'understood', 'size'].map((title) => numeric(title)),
        'Note',
      ]),
      el(
        'tbody',
        null,
        read.map((one) => coverageRow(one, used, severalHosts)),
      ),
    ]),
  ]);
  return unread.length === 0 ? [table] : [table, unreadList(unread, severalHosts)];
}

/** Whether it lies in the captures and no source reads it. */
function isUnread({ samples, lines }: Coverage): boolean {
  return lines === 0 && Object.keys(samples).every((status) => status === 'skipped');
}

function coverageRow(one: Coverage, used: readonly string[], severalHosts: boolean): VNode {
  const cell = (label: string, value: number, bad: boolean, text = number(value)): VNode =>
    el('td', { class: `n${value === 0 ? ' nought' : bad ? ' bad' : ''}`, 'data-label': label }, text);
  return el('tr', { 'data-host': one.host }, [
    el('th', { scope: 'row' }, one.source),
    severalHosts && el('td', { 'data-label': 'host' }, one.host),
    ...used.map((status) => cell(status, one.samples[status] ?? 0, BAD.has(status))),
    cell('lines', one.lines, false),
    cell('rows', one.rows, false),
    cell('known', one.known, false),
    cell('rejects', one.rejects, true),
    cell('understood', one.lines, one.rejects > 0, one.lines === 0 ? '' : understood(one.lines, one.rejects)),
    cell('size', one.bytes, false, bytes(one.bytes)),
    el('td', null, one.note),
  ]);
}

function unreadList(unread: readonly Coverage[], severalHosts: boolean): VNode {
  return el('details', null, [
    el('summary', null, `In the captures and not read: ${number(unread.length)} kinds of file`),
    el(
      'ul',
      { class: 'ruled' },
      unread.map(({ source, host, note }) =>
        el(
          'li',
          { 'data-host': host },
          `${source}${severalHosts ? ` on ${host}` : ''}${note === null ? '' : `: ${note}`}`,
        ),
      ),
    ),
  ]);
}
