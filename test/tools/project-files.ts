import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../support/project.ts';

const NOT_OURS: ReadonlySet<string> = new Set(['node_modules', 'dist', '.git', '.demo']);
const NOT_TEXT = /\.(gz|tgz|tar|zip|png|parquet|duckdb|actual)$/;

/** Paths of the project's text files relative to its root, sorted; what npm, tsc and git make is left out. */
export function projectFiles(folder = ''): readonly string[] {
  const found: string[] = [];
  for (const name of readdirSync(join(projectRoot, folder))) {
    if (NOT_OURS.has(name) || NOT_TEXT.test(name)) continue;
    const path = folder === '' ? name : `${folder}/${name}`;
    if (statSync(join(projectRoot, path)).isDirectory()) found.push(...projectFiles(path));
    else found.push(path);
  }
  return found.toSorted();
}

/** Text of a file of the project. */
export function readProjectFile(path: string): string {
  return readFileSync(join(projectRoot, path), 'utf8');
}
