import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Table } from '../../src/base/table.ts';
import { tablesOf } from '../../src/ingest/load-sources.ts';
import type { Source } from '../../src/sources/source.ts';
import { projectRoot } from '../support/project.ts';
import { cell, row } from './markdown.ts';

/** `docs/supported-inputs.md`: every source, the members it reads, the dialects it was tried on, the columns it gives. */
export function inputsPage(sources: readonly Source[]): string {
  const lines = sources.map((source) =>
    row([
      `\`${source.id}\``,
      `[${cell(source.title)}](${source.docs})`,
      source.members.map((member) => `\`${member}\``).join(' '),
      source.tables.map((table) => `[${table.name}](schema.md#${table.name})`).join(', '),
      source.fact === undefined ? '' : `${source.fact.name}, ${source.fact.rank}`,
    ]),
  );
  return [
    '# What lastack reads',
    '',
    'A capture is a tarball or a folder with `manifest.tsv` and members as the collector writes them ([collector.md](collector.md)).',
    'Each member is read by the source whose pattern fits its name: `*` stands for anything within a name, `**` also crosses',
    'folders. A member that no source claims is named in `coverage`.',
    '',
    'Sources with the same fact are alternatives: of those a capture has, the one with the lowest number is read and the others',
    'are noted as skipped.',
    '',
    row(['source', 'what', 'members', 'tables', 'fact, order']),
    row(['---', '---', '---', '---', '---']),
    ...lines,
    '',
    '## Dialects',
    '',
    'Each is a case in `test/sources/SOURCE/CASE` with its input and the rows that come of it. They are recorded outputs of the tool, except those',
    'with `documented` or `from-source` in their names: these follow a manual or the source of a tool that could not be run.',
    '',
    row(['source', 'cases']),
    row(['---', '---']),
    ...sources.map(({ id }) => row([`\`${id}\``, casesOf(id)])),
    '',
    '## Columns',
    '',
    'With their units; what each means and when it is null is in [schema.md](schema.md).',
    '',
    row(['table', 'columns']),
    row(['---', '---']),
    ...tablesOf(sources).map((table) => row([`[${table.name}](schema.md#${table.name})`, columnsOf(table)])),
    '',
  ].join('\n');
}

function casesOf(id: string): string {
  const folder = join(projectRoot, 'test/sources', id);
  if (!existsSync(folder)) return '';
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .join(', ');
}

function columnsOf({ columns }: Table): string {
  return columns
    .map(({ name, unit }) => (unit === undefined ? `\`${name}\`` : `\`${name}\` (${cell(unit)})`))
    .join(', ');
}
