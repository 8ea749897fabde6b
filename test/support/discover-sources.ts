import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Source } from '../../src/sources/source.ts';

interface SourceModule {
  readonly source?: Source;
  readonly sources?: readonly Source[];
}

/** Every source of `src/sources/<folder>/source`, in order of folder name. */
export async function discoverSources(): Promise<readonly Source[]> {
  const folder = join(import.meta.dirname, '../../src/sources');
  const found: Source[] = [];
  for (const name of readdirSync(folder).sort()) {
    const file = join(folder, name, 'source.js');
    if (!existsSync(file)) continue;
    const module = (await import(pathToFileURL(file).href)) as SourceModule;
    const sources = module.sources ?? (module.source === undefined ? [] : [module.source]);
    if (sources.length === 0) throw new TypeError(`${file} exports neither source nor sources`);
    found.push(...sources);
  }
  return found;
}
