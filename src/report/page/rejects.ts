import type { VNode } from 'preact';
import type { Postmortem, RejectReason } from '../../analysis/document.ts';
import { number } from '../../base/quantity.ts';
import { el } from './element.ts';
import { numeric, tableHead } from './table-head.ts';

const MOST_REASONS = 20;

/** Lines that could not be read: how many, why, and the first of each kind as it stands in its file. */
export function rejectReasons({ quality }: Postmortem): VNode {
  const shown = quality.rejectReasons.slice(0, MOST_REASONS);
  return el('div', null, [
    el('h3', { class: 'minor' }, `Lines that could not be read: ${number(quality.rejects)}`),
    el('table', { class: 'rejects stacked' }, [
      tableHead(['Source', numeric('Lines'), 'Why, and the first of them']),
      el('tbody', null, shown.map(reasonRow)),
    ]),
    quality.rejectReasons.length > shown.length && el('p', { class: 'small' }, rest(quality.rejectReasons)),
    quality.rejectReasons.some((one) => one.atLeast) &&
      el(
        'p',
        { class: 'small' },
        'At least: a hundred such lines of a file are kept with their reason; all are counted.',
      ),
  ]);
}

/** `atLeast` in words. */
export function reasonLines({ lines, atLeast }: RejectReason): string {
  return atLeast ? `at least ${number(lines)}` : number(lines);
}

function reasonRow(one: RejectReason): VNode {
  return el('tr', null, [
    el('th', { scope: 'row' }, one.source),
    el('td', { class: 'n', 'data-label': 'lines' }, reasonLines(one)),
    el('td', null, [
      el('span', null, `${one.reason} `),
      el('span', { class: 'place' }, `${one.capture} ${one.member}:${one.line}`),
      el('pre', { class: 'raw' }, one.excerpt),
    ]),
  ]);
}

function rest(reasons: readonly RejectReason[]): string {
  const left = reasons.slice(MOST_REASONS);
  return `And ${number(left.length)} more reasons for ${number(left.reduce((sum, one) => sum + one.lines, 0))} lines.`;
}
