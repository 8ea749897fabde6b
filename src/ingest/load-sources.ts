import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import type { Table } from '../base/table.ts';
import type { Source } from '../sources/source.ts';

const SOURCES_FOLDER = new URL('../sources/', import.meta.url);

/** All sources, by id: each folder of `src/sources` with a `source` module, which exports `source` or `sources`. */
export async function loadSources(): Promise<readonly Source[]> {
  const entries = await readdir(SOURCES_FOLDER, { withFileTypes: true });
  const folders = entries
    .filter((entry) => entry.isDirectory() && existsSync(new URL(`${entry.name}/source.js`, SOURCES_FOLDER)))
    .map((entry) => entry.name);
  const modules = await Promise.all(folders.map(importSource));
  return modules.flat().sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The tables of the sources, each once, by name. */
export function tablesOf(sources: readonly Source[]): readonly Table[] {
  const tables = new Set(sources.flatMap((source) => source.tables));
  return [...tables].sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function importSource(folder: string): Promise<readonly Source[]> {
  const module = (await import(new URL(`${folder}/source.js`, SOURCES_FOLDER).href)) as {
    source?: Source;
    sources?: readonly Source[];
  };
  if (module.source !== undefined) return [module.source];
  if (module.sources !== undefined) return module.sources;
  throw new TypeError(`src/sources/${folder}/source.ts exports neither source nor sources`);
}
