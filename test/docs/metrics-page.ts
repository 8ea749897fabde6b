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
    row(['metric', 'title', 'kind', 'unit', 'worse', 'matters from', 'usual']),
    row(['---', '---', '---', '---', '---', '---', '---']),
    ...file.metrics.map((it) =>
      row([
        `\`${it.name}\``,
        cell(it.title),
        it.kind,
        it.unit === '-' ? '' : cell(it.unit),
        it.worse,
        it.worse === 'none' ? '' : String(it.minimum),
        it.worse === 'none' ? '' : it.usual === null ? 'measured' : String(it.usual),
      ]),
    ),
  ];
}
