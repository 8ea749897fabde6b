import type { Column, Table } from '../../src/base/table.ts';
import type { Source } from '../../src/sources/source.ts';
import { CORE_TABLES } from '../../src/store/core-tables.ts';
import { CASE_SCHEMA_VERSION, storedColumns } from '../../src/store/schema.ts';
import { cell, row } from './markdown.ts';

/** `docs/schema.md`: every table of a case file. */
export function schemaPage(sources: readonly Source[]): string {
  const writers = new Map<Table, string[]>();
  for (const source of sources) {
    for (const table of source.tables) writers.set(table, [...(writers.get(table) ?? []), source.id]);
  }
  const declared = [...writers.keys()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const tables = [...CORE_TABLES, ...declared];
  return [
    '# Tables of a case file',
    '',
    `A case is one DuckDB file. This is schema version ${CASE_SCHEMA_VERSION}; \`lastack_case\` holds the version of a file and the`,
    'lastack that made it, `import_note` what the import left out, `note` what people wrote. Times are UTC. A missing value is null, never zero.',
    '',
    tables.map((table) => `[${table.name}](#${table.name})`).join(' · '),
    ...tables.flatMap((table) => tableSection(table, writers.get(table) ?? [])),
    '',
  ].join('\n');
}

function tableSection(table: Table, writers: readonly string[]): string[] {
  const by = writers.length === 0 ? '' : ` Written by ${writers.map((id) => `\`${id}\``).join(', ')}.`;
  const once =
    table.uniqueBy === undefined
      ? ''
      : ` A row seen again in a later capture is kept once: a host's rows are told apart by ${table.uniqueBy.join(', ')}.`;
  return [
    '',
    `## ${table.name}`,
    '',
    `${table.comment}${by}${once}`,
    '',
    row(['column', 'type', 'unit', 'meaning', 'null when']),
    row(['---', '---', '---', '---', '---']),
    ...storedColumns(table).map(columnRow),
  ];
}

function columnRow(column: Column): string {
  return row([`\`${column.name}\``, column.type, column.unit ?? '', cell(column.comment), cell(column.nullWhen ?? '')]);
}
