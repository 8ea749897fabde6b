import type { VNode } from 'preact';
import type { Postmortem } from '../../analysis/document.ts';
import { el } from './element.ts';
import { tableHead } from './table-head.ts';

/** The questions this recording cannot answer, so that "not found" and "not looked at" never look alike. */
export function uncheckedSection(document: Postmortem): VNode {
  const { unchecked } = document;
  return el('section', { id: 'unchecked', 'aria-labelledby': 'h-unchecked' }, [
    el('h2', { id: 'h-unchecked' }, 'What could not be checked'),
    unchecked.length === 0
      ? el('p', { class: 'sub' }, 'Every question had the data it needs.')
      : el('div', { class: 'scroll' }, [
          el('table', { class: 'stacked' }, [
            tableHead(['Question', 'Id', 'Missing']),
            el(
              'tbody',
              null,
              unchecked.map(({ id, title, missing }) =>
                el('tr', null, [
                  el('th', { scope: 'row' }, title),
                  el('td', null, el('code', null, id)),
                  el('td', { 'data-label': 'missing' }, missing.join(', ')),
                ]),
              ),
            ),
          ]),
        ]),
  ]);
}
