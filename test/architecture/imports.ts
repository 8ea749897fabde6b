import { posix } from 'node:path';

/** One import, export-from, dynamic import or module URL of a source file. */
export interface Import {
  /** Path below `src` without extension (`base/lines`), or a package name, or `node:fs`. */
  readonly target: string;
  readonly ours: boolean;
  readonly typeOnly: boolean;
}

const STATIC = /^\s*(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]+\sfrom\s+)?'([^']+)'/gm;
const DYNAMIC = /\bimport\(\s*'([^']+)'\s*\)|new URL\(\s*'(\.[^']+\.[jt]s)'\s*,\s*import\.meta\.url/g;

/** Imports of a file that lies at `path` below `src`. */
export function importsOf(path: string, text: string): readonly Import[] {
  const found: Import[] = [];
  for (const [whole, type, target] of text.matchAll(STATIC)) {
    const allTypes = type !== undefined || /\{(\s*type\s+[\w\s$]+,?)+\s*\}/.test(whole);
    found.push(resolve(path, target!, allTypes));
  }
  for (const [, module, url] of text.matchAll(DYNAMIC)) found.push(resolve(path, (module ?? url)!, false));
  return found;
}

function resolve(path: string, target: string, typeOnly: boolean): Import {
  if (target.startsWith('.')) {
    const file = posix.join(posix.dirname(path), target).replace(/\.[jt]s$/, '');
    return { target: file, ours: true, typeOnly };
  }
  const parts = target.split('/');
  const name = target.startsWith('@') ? parts.slice(0, 2).join('/') : target.startsWith('node:') ? target : parts[0]!;
  return { target: name, ours: false, typeOnly };
}
