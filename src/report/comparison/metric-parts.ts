import type { VNode } from 'preact';
import type { ComparedMetric, Course, EpisodeSummary, MetricVerdict } from '../../analysis/comparison-document.ts';
import { duration, quantity } from '../../base/quantity.ts';
import { type Content, el } from '../page/element.ts';
import { trusted } from '../page/raw.ts';
import { numeric, tableHead } from '../page/table-head.ts';
import { BOX, type MetricDrawing } from './charts.ts';
import { basisOf, countsOf, differenceOf, intervalOf, nameOf, noteOf, thresholdOf, valueOf, WORDS } from './words.ts';

export function word(verdict: MetricVerdict): VNode {
  return el('span', { class: `verdict-word ${verdict}` }, WORDS[verdict]);
}

/** Primary metrics, each with both sides drawn on one scale; those that were zero all along are listed at the end. */
export function primaryMetrics(
  metrics: readonly ComparedMetric[],
  drawings: ReadonlyMap<ComparedMetric, MetricDrawing>,
): VNode[] {
  const isZero = (metric: ComparedMetric): boolean => drawings.get(metric)?.top === 0;
  const zero = metrics.filter(isZero);
  return [
    ...metrics.filter((metric) => !isZero(metric)).map((metric) => primaryMetric(metric, drawings.get(metric))),
    ...(zero.length === 0
      ? []
      : [
          el('article', { class: 'primary-metric' }, [
            el('h3', null, `Zero in every sample of both sides: ${zero.length}`),
            el(
              'ul',
              { class: 'ruled' },
              zero.map((metric) =>
                el('li', null, [
                  `${nameOf(metric)} `,
                  word(metric.verdict),
                  metric.verdict === 'inconclusive' && el('span', { class: 'place' }, ` ${noteOf(metric)}`),
                ]),
              ),
            ),
          ]),
        ]),
  ];
}

function primaryMetric(metric: ComparedMetric, drawing: MetricDrawing | undefined): VNode {
  const interval = intervalOf(metric);
  const note = noteOf(metric);
  return el('article', { class: 'primary-metric' }, [
    el('header', null, [el('h3', null, nameOf(metric)), word(metric.verdict)]),
    el('p', null, [
      `${valueOf(metric, metric.before)} → ${valueOf(metric, metric.after)}, ${differenceOf(metric)}`,
      interval === '' ? '' : `, interval ${interval}`,
      `. Matters from ${thresholdOf(metric)}. `,
      el('span', { class: 'place' }, `${basisOf(metric)}${note === '' ? '' : `; ${note}`}.`),
    ]),
    metric.episodes !== null &&
      el(
        'p',
        { class: 'place' },
        `Before: ${episodesText(metric.episodes.before)}. After: ${episodesText(metric.episodes.after)}.`,
      ),
    metric.movedBy.length > 0 && el('p', null, ['Should be moved by: ', el('code', null, metric.movedBy.join(', '))]),
    drawing !== undefined && chart(metric, drawing),
  ]);
}

function episodesText({ count, events, longestS }: EpisodeSummary): string {
  if (count === 0) return 'none';
  const many = (n: number, word: string): string => `${n.toLocaleString('en-US')} ${word}${n === 1 ? '' : 's'}`;
  return `${many(events, 'event')} in ${many(count, 'episode')}, the longest ${Math.round(longestS)} s`;
}

function chart(metric: ComparedMetric, { pair, distribution, top }: MetricDrawing): VNode {
  const { before, after } = metric.course!;
  return el('div', null, [
    el('div', { class: 'pair-chart' }, [
      el('span', { class: 'top-value' }, valueOf(metric, top)),
      frame(pair, BOX.pair, `${metric.title} before and after on one scale, at most ${valueOf(metric, top)}`),
      el('div', { class: 'pair-names' }, [
        el('span', null, `before, ${lengthOf(before)}`),
        el('span', null, `after, ${lengthOf(after)}`),
      ]),
    ]),
    distribution !== null && metric.distribution !== null && distributionChart(distribution, metric.distribution),
  ]);
}

function lengthOf({ at }: Course): string {
  return duration((at.at(-1) ?? 0) - (at[0] ?? 0));
}

function distributionChart(marks: string, { before, after }: NonNullable<ComparedMetric['distribution']>): VNode {
  const at = [...before.at, ...after.at];
  return el('div', { class: 'pair-chart' }, [
    el('span', { class: 'top-value' }, '100 %'),
    frame(marks, BOX.distribution, 'Share of requests that took at most so long; before is dashed'),
    el('svg', { class: 'decades', 'aria-hidden': 'true' }, decades(Math.min(...at), Math.max(...at))),
    el('div', { class: 'pair-names' }, [
      el('span', null, 'share of requests that took at most so long'),
      el(
        'span',
        null,
        `dashed before, full after; from ${quantity(Math.min(...at), 's')} to ${quantity(Math.max(...at), 's')}`,
      ),
    ]),
  ]);
}

/** The powers of ten seconds between two times, where they lie on a logarithmic axis. */
function decades(least: number, most: number): VNode[] {
  const [from, to] = [Math.log10(least), Math.log10(most)];
  const powers = Array.from(
    { length: Math.max(0, Math.floor(to) - Math.ceil(from) + 1) },
    (_, i) => Math.ceil(from) + i,
  );
  return powers.map((power) => {
    const x = (100 * (power - from)) / Math.max(to - from, 1e-9);
    return el('text', { x: `${x.toFixed(2)}%`, y: 11 }, power < 0 ? quantity(10 ** power, 's') : duration(10 ** power));
  });
}

function frame(marks: string, height: number, label: string): VNode {
  return trusted('svg', marks, {
    viewBox: `0 0 ${BOX.width} ${height}`,
    preserveAspectRatio: 'none',
    role: 'img',
    'aria-label': label,
  });
}

const COLUMNS = ['Metric', 'Verdict', 'Before', 'After', 'Difference', 'In thresholds', 'Interval', 'Basis and note'];

/** Every metric in one table that can be sorted and filtered; without scripts all of it is shown. */
export function allMetrics(metrics: readonly ComparedMetric[]): VNode {
  const verdicts = (Object.keys(WORDS) as MetricVerdict[]).filter((verdict) =>
    metrics.some((metric) => metric.verdict === verdict),
  );
  // What cannot be told is left out at first only where something else is there to be seen.
  const quiet: readonly MetricVerdict[] = ['unchanged', 'inconclusive'];
  const leavesOut = verdicts.some((verdict) => !quiet.includes(verdict));
  return el('section', { id: 'metrics', 'aria-labelledby': 'h-metrics' }, [
    el('h2', { id: 'h-metrics' }, 'All metrics'),
    el('p', { class: 'sub' }, [
      `${metrics.length} compared: ${countsOf(metrics)}. Ranked by size, in thresholds of what matters in practice. `,
      el('output', { id: 'metrics-shown' }, `${metrics.length} of ${metrics.length} shown`),
      '.',
    ]),
    el('div', { class: 'filters scripted' }, [
      el('label', null, ['Name ', el('input', { type: 'search', id: 'metric-search' })]),
      ...verdicts.map((verdict) =>
        el('label', null, [
          el('input', {
            type: 'checkbox',
            value: verdict,
            checked: !leavesOut || !quiet.includes(verdict),
          }),
          ` ${WORDS[verdict]} (${metrics.filter((metric) => metric.verdict === verdict).length})`,
        ]),
      ),
    ]),
    el('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-labelledby': 'h-metrics' }, [
      el('table', { id: 'all-metrics' }, [
        tableHead(
          COLUMNS.map((title, i) => {
            const button = el('button', { type: 'button' }, title);
            return i >= 2 && i <= 5 ? numeric(button) : { title: button, attributes: {} };
          }),
        ),
        el('tbody', null, metrics.map(row)),
      ]),
    ]),
  ]);
}

function row(metric: ComparedMetric): VNode {
  const size = metric.difference === 0 ? 0 : Math.abs(metric.difference) / Math.max(metric.threshold, 1e-9);
  const n = (value: number, text: Content): VNode => el('td', { class: 'n', 'data-sort': value }, text);
  return el('tr', { 'data-verdict': metric.verdict }, [
    el('th', { scope: 'row' }, [nameOf(metric), metric.primary ? ' (primary)' : '']),
    el('td', null, word(metric.verdict)),
    n(metric.before, valueOf(metric, metric.before)),
    n(metric.after, valueOf(metric, metric.after)),
    n(metric.difference, differenceOf(metric)),
    n(size, size >= 1000 ? '> 1000' : size.toFixed(1)),
    el('td', null, intervalOf(metric)),
    el('td', { class: 'place' }, [basisOf(metric), noteOf(metric) === '' ? '' : `; ${noteOf(metric)}`]),
  ]);
}
