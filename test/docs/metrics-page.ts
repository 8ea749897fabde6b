import type { MetricComparison } from '../../src/analysis/metric-comparison.ts';
import type { QueryFile } from '../../src/analysis/query-file.ts';
import { cell, row } from './markdown.ts';

/** `docs/metrics.md`: every series that is made of a recording, by the query that makes it. */
export function metricsPage(files: readonly QueryFile[]): string {
  return [
    '# Metrics',
    '',
    'Series of a recording: relation `metric`, one row a value. A metric counts as an episode when it leaves its usual value in the',
    'direction that is worse by a statistically clear amount and by more than the smallest size that matters. The usual value is',
    'measured in the quiet part of the same run, unless it is given here.',
    '',
    '`lastack compare` judges primary metrics alone and all others together. A difference matters from the threshold on: the larger of',
    'its absolute and its relative part (of the value before, or after where it was zero). `per 1,000 X` is a ratio to the growth of X, `weighted by X` a share of X. A metric without a',
    'declaration is secondary, good is what is not worse, and 10 % matters.',
    ...files.flatMap(section),
    '',
  ].join('\n');
}

function section(file: QueryFile): string[] {
  return [
    '',
    `## ${file.title}`,
    '',
    `${file.why} (\`queries/metrics/${file.id}.sql\`)`,
    '',
    row(['metric', 'title', 'kind', 'unit', 'worse', 'matters from', 'usual', 'compared']),
    row(['---', '---', '---', '---', '---', '---', '---', '---']),
    ...file.metrics.map((it) =>
      row([
        `\`${it.name}\``,
        cell(it.title),
        it.kind,
        it.unit === '-' ? '' : cell(it.unit),
        it.worse,
        it.worse === 'none' ? '' : String(it.minimum),
        it.worse === 'none' ? '' : it.usual === null ? 'measured' : String(it.usual),
        compared(file.comparisons.find((one) => one.metric === it.name)),
      ]),
    ),
  ];
}

function compared(one: MetricComparison | undefined): string {
  if (one === undefined) return '';
  const { direction, role, threshold, relativeThreshold, per, quantile } = one;
  return [
    role,
    ...(direction === 'none' ? [] : [`good is ${direction}`]),
    ...(per === null
      ? []
      : [per.isRatio ? `weighted by ${per.metric}` : `per ${per.scale.toLocaleString('en-US')} ${per.metric}`]),
    ...(quantile === null ? [] : [`quantile ${quantile}`]),
    ...(role === 'setting' ? [] : [`from ${threshold} and ${relativeThreshold * 100} %`]),
  ].join(', ');
}
