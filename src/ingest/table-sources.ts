import type { Source } from '../sources/source.ts';

/** The ids of the sources that fill each table, by table name. */
export function tableSources(sources: readonly Source[]): Readonly<Record<string, readonly string[]>> {
  const byTable: Record<string, string[]> = {};
  for (const source of sources) for (const table of source.tables) (byTable[table.name] ??= []).push(source.id);
  return byTable;
}
