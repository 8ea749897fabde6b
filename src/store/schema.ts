import type { Column, Table } from '../base/table.ts';
import { CORE_TABLES } from './core-tables.ts';
import { NOTE_STATEMENTS } from './notes.ts';

/** Raised when a table changes so that older queries, or these on an older case, would go wrong; see docs/schema.md. */
export const CASE_SCHEMA_VERSION = 3;

const CAPTURE_ID: Column = { name: 'capture_id', type: 'INTEGER', comment: 'The sample; joins `capture`.' };
const HOST: Column = { name: 'host', type: 'VARCHAR', comment: 'Host the sample is of.' };
const TS: Column = { name: 'ts', type: 'TIMESTAMP', comment: 'When the sample was taken, UTC.' };

/** All columns of a table as it lies in the case file: the store's own first, then the declared ones. */
export function storedColumns(table: Table): readonly Column[] {
  const own = table.columns.some((column) => column.name === 'ts') ? [CAPTURE_ID, HOST] : [CAPTURE_ID, HOST, TS];
  return [...own, ...table.columns];
}

/**
 * Statements that make an empty case: the core tables, the declared ones, `import_note`, `note` and `lastack_case`.
 * Two declarations of one table must be the same object.
 */
export function schemaStatements(declared: readonly Table[], lastackVersion: string): readonly string[] {
  const tables = new Map<string, Table>();
  for (const table of [...CORE_TABLES, ...declared]) {
    const known = tables.get(table.name);
    if (known !== undefined && known !== table) throw new TypeError(`table ${table.name} is declared twice`);
    tables.set(table.name, table);
  }
  return [
    'create table lastack_case (schema_version integer not null, lastack varchar not null)',
    `insert into lastack_case values (${CASE_SCHEMA_VERSION}, ${literal(lastackVersion)})`,
    'create table import_note (source_path varchar not null, note varchar not null)',
    `comment on table import_note is ${literal('What the import left out or could not read, a file or entry a row.')}`,
    ...NOTE_STATEMENTS,
    ...[...tables.values()].flatMap(tableStatements),
  ];
}

function tableStatements(table: Table): readonly string[] {
  const columns = storedColumns(table);
  return [
    `create table ${identifier(table.name)} (${columns.map((column) => `${identifier(column.name)} ${column.type}`).join(', ')})`,
    `comment on table ${identifier(table.name)} is ${literal(table.comment)}`,
    ...columns.map(
      (column) =>
        `comment on column ${identifier(table.name)}.${identifier(column.name)} is ${literal(columnComment(column))}`,
    ),
  ];
}

function columnComment(column: Column): string {
  const unit = column.unit === undefined ? '' : ` Unit: ${column.unit}.`;
  const missing = column.nullWhen === undefined ? '' : ` Null when ${column.nullWhen}.`;
  return `${column.comment}${unit}${missing}`;
}

/** A name as SQL takes it, whatever it is. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as SQL takes it. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
