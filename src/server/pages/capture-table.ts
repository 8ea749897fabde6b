import type { VNode } from 'preact';
import { bytes, number } from '../../base/quantity.ts';
import { type Content, el } from '../../report/page/element.ts';
import { numeric, tableHead } from '../../report/page/table-head.ts';
import type { CaptureRecord } from '../data/capture-record.ts';

const SHOWN = 1000;
const HEADS = [
  'File',
  'State',
  'Run',
  numeric('Size'),
  numeric('Samples'),
  numeric('Rows'),
  numeric('Not understood'),
  'What there is to say',
];

/** The captures of a case, the latest first; those that could not be read before all others. */
export function captureTable(captures: readonly CaptureRecord[]): VNode {
  const ordered = [
    ...captures.filter(({ state }) => state === 'failed'),
    ...captures.filter(({ state }) => state !== 'failed'),
  ];
  const left = ordered.length - SHOWN;
  return el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Table of captures' }, [
    el('table', { class: 'captures' }, [
      tableHead(HEADS),
      el('tbody', { id: 'capture-rows' }, ordered.slice(0, SHOWN).map(captureRow)),
    ]),
    left > 0 && el('p', { class: 'small' }, `and ${number(left)} more, in the list of the API`),
  ]);
}

function captureRow(capture: CaptureRecord): VNode {
  return el('tr', { 'data-id': capture.id }, [
    el('th', { scope: 'row', class: 'file' }, capture.name),
    el('td', { class: `capture-state ${capture.state}` }, STATES[capture.state]),
    el('td', null, capture.run ?? ''),
    el('td', { class: 'n' }, bytes(capture.bytes)),
    el('td', { class: 'n' }, amount(capture, capture.samples)),
    el('td', { class: 'n rows' }, amount(capture, capture.rows)),
    el('td', { class: 'n' }, amount(capture, capture.rejects)),
    el('td', { class: 'note' }, capture.note ?? ''),
  ]);
}

const STATES: Readonly<Record<CaptureRecord['state'], string>> = {
  waiting: 'Waiting',
  read: 'Read',
  failed: 'Not read',
};

function amount({ state }: CaptureRecord, value: number): Content {
  return state === 'read' ? number(value) : '';
}
