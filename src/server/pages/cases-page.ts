import type { VNode } from 'preact';
import { bytes, number } from '../../base/quantity.ts';
import { el } from '../../report/page/element.ts';
import { numeric, tableHead } from '../../report/page/table-head.ts';
import { safeCopy } from '../../report/text/safe-copy.ts';
import { stamp } from '../../report/text/time.ts';
import { type CaseView, recordedSpan } from '../case-view.ts';
import { renderPage } from './layout.ts';

/** The list of cases. */
export function casesPage(shown: readonly CaseView[], deleted: readonly CaseView[], canLeave: boolean): string {
  const cases = safeCopy(shown);
  return renderPage({ title: 'Cases', canLeave }, [
    el('h1', null, cases.length === 0 ? 'No case yet' : 'Cases'),
    el('section', { 'aria-labelledby': 'h-new' }, [
      el('h2', { id: 'h-new' }, 'New case'),
      el(
        'p',
        { class: 'sub' },
        'One outage, one case: the captures of all hosts, and those from before and after a change, as runs of it.',
      ),
      el('form', { method: 'post', action: '/cases', class: 'fields row' }, [
        el('label', null, ['Name', el('input', { name: 'name', required: true, maxlength: 100, autocomplete: 'off' })]),
        el('button', { type: 'submit', class: 'main' }, 'Create'),
      ]),
    ]),
    cases.length > 0 &&
      el('section', { 'aria-labelledby': 'h-cases' }, [
        el('h2', { id: 'h-cases' }, 'All cases'),
        el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Table of cases' }, caseTable(cases)),
      ]),
    deleted.length > 0 &&
      el('section', { 'aria-labelledby': 'h-deleted' }, [
        el('h2', { id: 'h-deleted' }, 'Deleted'),
        el('p', { class: 'sub' }, 'A deleted case can be had back for a day.'),
        el('ul', { class: 'ruled' }, safeCopy(deleted).map(deletedCase)),
      ]),
  ]);
}

function caseTable(cases: readonly CaseView[]): VNode {
  return el('table', null, [
    tableHead(['Case', 'Hosts', 'Runs', 'Recorded (UTC)', numeric('Samples'), numeric('Captures'), numeric('On disk')]),
    el('tbody', null, cases.map(caseRow)),
  ]);
}

function caseRow(view: CaseView): VNode {
  return el('tr', null, [
    el('th', { scope: 'row' }, el('a', { href: `/cases/${view.slug}` }, view.name)),
    el('td', null, view.hosts.join(', ') || '–'),
    el('td', null, view.runs.join(', ') || '–'),
    el('td', { class: 'when' }, recordedSpan(view)),
    el('td', { class: 'n' }, number(view.samples)),
    el('td', { class: 'n' }, [number(view.captures), view.waiting > 0 && ` (${number(view.waiting)} waiting)`]),
    el('td', { class: 'n' }, bytes(view.diskBytes)),
  ]);
}

function deletedCase(view: CaseView): VNode {
  return el('li', { class: 'deleted' }, [
    el('span', null, [view.name, el('small', null, `, deleted ${stamp(view.deleted!)} UTC`)]),
    el(
      'form',
      { method: 'post', action: `/cases/${view.slug}/restore` },
      el('button', { type: 'submit', 'aria-label': `Undo the deletion of ${view.name}` }, 'Undo'),
    ),
  ]);
}
