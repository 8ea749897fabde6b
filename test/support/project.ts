import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder with the project's `tsconfig.json`: fixtures are read from there, wherever the compiled tests lie. */
export const projectRoot: string = findRoot();

function findRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'tsconfig.json'))) {
    const parent = dirname(folder);
    if (parent === folder) return process.cwd();
    folder = parent;
  }
  return folder;
}
