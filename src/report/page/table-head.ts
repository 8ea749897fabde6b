import type { VNode } from 'preact';
import { type Attributes, type Content, el } from './element.ts';

/** The title of a column: text is aligned left, `numeric` to the right; an empty one names nothing. */
export type ColumnTitle = string | { readonly title: Content; readonly attributes: Attributes };

/** A column of numbers. */
export function numeric(title: Content, attributes: Attributes = {}): ColumnTitle {
  return { title, attributes: { class: 'n', ...attributes } };
}

/** The head of a table, one row of titles that name their columns. */
export function tableHead(titles: readonly ColumnTitle[]): VNode {
  const cells = titles.map((column) => {
    if (column === '') return el('td', null);
    const { title, attributes } = typeof column === 'string' ? { title: column, attributes: {} } : column;
    return el('th', { scope: 'col', ...attributes }, title);
  });
  return el('thead', null, el('tr', null, cells));
}
