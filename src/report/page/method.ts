import type { VNode } from 'preact';
import type { Postmortem, Threshold } from '../../analysis/document.ts';
import { stamp } from '../text/time.ts';
import { type Content, el } from './element.ts';
import { numeric, tableHead } from './table-head.ts';

/** How the page was made: recordings, versions, parameters, queries. */
export function methodSection(document: Postmortem): VNode {
  const { method, runs, hosts } = document;
  const rows: readonly (readonly [string, Content])[] = [
    ['lastack', `${method.lastack}, with DuckDB ${method.duckdb}`],
    ...hosts.map((host): readonly [string, Content] => [
      `Host ${host.name}`,
      [
        host.os,
        host.kernel && `kernel ${host.kernel}`,
        host.cpus && `${host.cpus} CPUs`,
        host.zone && `zone ${host.zone}${host.zoneId === null || host.zoneId === host.zone ? '' : ` (${host.zoneId})`}`,
        host.collector,
      ]
        .filter((text) => text)
        .join(', ') || 'nothing known',
    ]),
    ...runs.map((run): readonly [string, Content] => [
      `Run ${run.name}`,
      `${run.captures} ${run.captures === 1 ? 'capture' : 'captures'} of ${run.host}, ${stamp(run.start)} to ${stamp(run.end)}`,
    ]),
    ['Narrowed to', narrowed(method)],
    ['Queries', `${method.queries.length} were run`],
    ['Thresholds', changed(method.parameters)],
  ];
  return el('section', { id: 'method', 'aria-labelledby': 'h-method' }, [
    el('h2', { id: 'h-method' }, 'Method'),
    el(
      'dl',
      { class: 'method' },
      rows.map(([name, text]) => el('div', null, [el('dt', null, name), el('dd', null, text)])),
    ),
    method.queries.length > 0 &&
      el('details', null, [
        el('summary', null, 'Their names'),
        el(
          'p',
          { class: 'queries' },
          method.queries.flatMap((query, i) => [i > 0 && ', ', el('code', null, query)]),
        ),
      ]),
    method.parameters.length > 0 &&
      el('details', null, [
        el('summary', null, 'Thresholds'),
        el(
          'div',
          { class: 'scroll' },
          el('table', null, [
            tableHead(['Name', numeric('Value'), 'Meaning']),
            el('tbody', null, method.parameters.map(thresholdRow)),
          ]),
        ),
      ]),
    el(
      'p',
      { class: 'sub' },
      'What was recorded is compared with what the same recording shows when quiet. Counters are rates between two samples; a reset or a missing sample is missing, not zero. Ordering is as fine as the sampling.',
    ),
  ]);
}

function thresholdRow({ name, value, unit, meaning, insteadOf }: Threshold): VNode {
  const instead = insteadOf === undefined ? '' : ` (instead of ${insteadOf})`;
  return el('tr', null, [
    el('th', { scope: 'row' }, el('code', null, name)),
    el('td', { class: 'n' }, `${value}${unit === undefined ? '' : ` ${unit}`}`),
    el('td', null, `${meaning}${instead}`),
  ]);
}

function changed(parameters: readonly Threshold[]): string {
  const texts = parameters
    .filter(({ insteadOf }) => insteadOf !== undefined)
    .map(({ name, value, insteadOf }) => `${name} = ${value} instead of ${insteadOf}`);
  return texts.length === 0 ? 'as they come with lastack' : texts.join(', ');
}

function narrowed({ since, until }: Postmortem['method']): string {
  if (since === null && until === null) return 'nothing: the whole recording was used';
  return `${since === null ? 'the start' : stamp(since)} to ${until === null ? 'the end' : stamp(until)}`;
}
