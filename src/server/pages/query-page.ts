import type { VNode } from 'preact';
import { number } from '../../base/quantity.ts';
import { readAsset } from '../../report/assets.ts';
import { type Content, el } from '../../report/page/element.ts';
import { trusted } from '../../report/page/raw.ts';
import { tableHead } from '../../report/page/table-head.ts';
import type { QueryChart } from '../../report/query-chart.ts';
import { visible } from '../../report/text/visible.ts';
import type { CaseView } from '../case-view.ts';
import type { QueryAnswer } from '../jobs/query-process.ts';
import { renderPage } from './layout.ts';

const NUMBER = /INT|DOUBLE|FLOAT|DECIMAL/;
const EXAMPLE = /^-- (.+)\n([^;]+);/gm;

/** The query box, and what the query in it gave: rows, or what DuckDB says of it. */
export function queryPage(view: CaseView, sql: string, answer: QueryAnswer | string | null, canLeave: boolean): string {
  const base = `/cases/${view.slug}/query`;
  const query = new URLSearchParams({ sql });
  return renderPage({ title: `Query ${view.name}`, served: view, part: '/query', canLeave }, [
    el('h1', null, 'Query'),
    el('p', { class: 'sub' }, [
      'One DuckDB statement that reads. Beside the tables of the case there is what the library makes of them: ',
      el('code', null, 'metric'),
      ', ',
      el('code', null, 'episode'),
      ' and the relations of the findings.',
    ]),
    el('form', { method: 'get', action: base, class: 'query' }, [
      el('label', null, [
        'SQL',
        el('textarea', { name: 'sql', rows: 6, spellcheck: false, required: true, class: 'code' }, visible(sql)),
      ]),
      el('button', { type: 'submit', class: 'main' }, 'Run'),
    ]),
    el('details', { open: answer === null }, [
      el('summary', null, 'Examples'),
      el(
        'ul',
        { class: 'ruled' },
        examples().map(([title, text]) =>
          el('li', null, el('a', { href: `${base}?${new URLSearchParams({ sql: text })}` }, title)),
        ),
      ),
    ]),
    typeof answer === 'string' && el('p', { class: 'first', role: 'alert' }, visible(answer)),
    answer !== null && typeof answer === 'object' && result(answer, base, query),
  ]);
}

/** Title and statement of each. */
function examples(): readonly (readonly [title: string, sql: string])[] {
  return [...readAsset('server/examples.sql').matchAll(EXAMPLE)].map(([, title, sql]) => [title!, sql!]);
}

function result({ columns, rows, isCut, ms, chart }: QueryAnswer, base: string, query: URLSearchParams): VNode {
  const count = `${isCut ? `The first ${number(rows.length)} rows` : rows.length === 1 ? '1 row' : `${number(rows.length)} rows`}, ${number(ms)} ms. `;
  const isNumber = columns.map(({ type }) => NUMBER.test(type));
  return el('section', { 'aria-label': 'Result' }, [
    el('p', { class: 'sub' }, [
      count,
      'Download ',
      el('a', { href: `${base}.csv?${query}`, download: true }, 'CSV'),
      ', ',
      el('a', { href: `${base}.json?${query}`, download: true }, 'JSON'),
    ]),
    chart !== null && chartFigure(chart, columns),
    el(
      'div',
      { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Rows of the result' },
      el('table', { class: 'result' }, [
        tableHead(
          columns.map(({ name, type }, i) => ({
            title: visible(name),
            attributes: { class: isNumber[i] ? 'n' : undefined, title: type },
          })),
        ),
        el(
          'tbody',
          null,
          rows.map((row) =>
            el(
              'tr',
              null,
              row.map((value, i) => el('td', { class: isNumber[i] ? 'n' : undefined }, cell(value))),
            ),
          ),
        ),
      ]),
    ),
  ]);
}

function chartFigure({ svg, series }: QueryChart, columns: QueryAnswer['columns']): VNode {
  const value = columns.find(({ type }, i) => i > 0 && NUMBER.test(type))!;
  return el('figure', { class: 'chart' }, [
    trusted('div', svg),
    el('figcaption', { class: 'small' }, [
      `${visible(value.name)} by ${visible(columns[0]!.name)}; the values stand below. `,
      series.map((name, i) => el('span', { class: `series series-${i}` }, visible(name))),
    ]),
  ]);
}

function cell(value: unknown): Content {
  return value === null
    ? el('span', { class: 'null' }, 'null')
    : visible(typeof value === 'string' ? value : JSON.stringify(value));
}
