import type { VNode } from 'preact';
import { el } from '../../report/page/element.ts';
import { safeCopy } from '../../report/text/safe-copy.ts';

/** A choice of one value, or of all. */
export function choice(name: string, title: string, values: readonly string[], chosen: string | null): VNode {
  return el('label', null, [
    title,
    el('select', { name }, [
      el('option', { value: '' }, 'all'),
      ...values.map((value) => el('option', { value, selected: value === chosen }, safeCopy(value))),
    ]),
  ]);
}

/** A time in UTC, as an ISO 8601 text or none. */
export function time(name: string, title: string, value: string | null): VNode {
  const shown = value === null ? '' : value.slice(0, 19);
  return el('label', null, [title, el('input', { name, type: 'datetime-local', step: 1, value: shown })]);
}
