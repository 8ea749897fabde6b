import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CliError } from '../base/errors.ts';
import { nearestName } from './nearest-name.ts';
import { QueryError } from './query-error.ts';
import { parseQueryFile, QUERY_KINDS, type QueryFile, type QueryKind } from './query-file.ts';

/** The SQL library: our queries and those of the user, by kind, in the order they run. */
export type QueryLibrary = Readonly<Record<QueryKind, readonly QueryFile[]>>;

/** The folder of the queries that come with the package. */
export function builtInQueries(): string {
  for (let up = '../'; up.length <= 15; up += '../') {
    const folder = fileURLToPath(new URL(`${up}queries`, import.meta.url));
    if (existsSync(join(folder, 'findings'))) return folder;
  }
  throw new Error('the folder "queries" of the package is missing');
}

/**
 * Loads the built-in queries and then those of `directories`, in which a file of the same kind and id replaces ours.
 * A directory of the user has our folder names inside, or `.sql` files at its top, which are findings.
 */
export async function loadLibrary(directories: readonly string[] = []): Promise<QueryLibrary> {
  const files = new Map<string, QueryFile>();
  const add = (file: QueryFile): void => void files.set(`${file.kind}/${file.id}`, file);
  for (const file of await readFolder(builtInQueries(), false)) add(file);
  for (const directory of directories) for (const file of await readFolder(directory, true)) add(file);
  const sorted = [...files.values()].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const kind = (name: QueryKind): QueryFile[] => sorted.filter((file) => file.kind === name);
  const library: QueryLibrary = {
    functions: inOrderOfNeed(kind('functions'), calledFunctions),
    relations: inOrderOfNeed(kind('relations'), (file) => file.needs),
    metrics: kind('metrics'),
    episodes: kind('episodes'),
    findings: kind('findings'),
    document: kind('document'),
    comparison: kind('comparison'),
  };
  checkMetrics(library.metrics);
  checkDenominators(library.metrics);
  checkExplains(library.findings);
  return library;
}

async function readFolder(root: string, ofUser: boolean): Promise<QueryFile[]> {
  const found: QueryFile[] = [];
  let any = false;
  const read = async (kind: QueryKind, folder: string): Promise<void> => {
    if (!existsSync(folder)) return;
    for (const name of (await readdir(folder)).sort()) {
      if (!name.endsWith('.sql')) continue;
      any = true;
      const path = join(folder, name);
      found.push(
        parseOne(kind, ofUser ? path : `queries/${relative(root, path)}`, await readFile(path, 'utf8'), ofUser),
      );
    }
  };
  if (ofUser && !existsSync(root)) throw new CliError(`${root}: no such folder of queries`, 2);
  for (const kind of QUERY_KINDS) await read(kind, join(root, kind));
  if (ofUser) await read('findings', root);
  if (ofUser && !any)
    throw new CliError(`${root}: no .sql file in it; findings go directly into it or into "findings/"`, 2);
  return found;
}

function parseOne(kind: QueryKind, path: string, text: string, ofUser: boolean): QueryFile {
  try {
    return parseQueryFile(kind, path, text);
  } catch (error) {
    if (ofUser && error instanceof QueryError) throw new CliError(error.message, 2, { cause: error });
    throw error;
  }
}

/** Relations read each other, functions call each other: one comes after those it needs, otherwise by name. */
function inOrderOfNeed(
  files: readonly QueryFile[],
  needsOf: (file: QueryFile, all: readonly QueryFile[]) => readonly string[],
): QueryFile[] {
  const byId = new Map(files.map((file) => [file.id, file]));
  const done = new Set<string>();
  const order: QueryFile[] = [];
  const visit = (file: QueryFile, from: readonly string[]): void => {
    if (done.has(file.id)) return;
    if (from.includes(file.id)) throw new QueryError(file.path, `need each other: ${[...from, file.id].join(' → ')}`);
    for (const need of needsOf(file, files)) {
      const other = byId.get(need);
      if (other) visit(other, [...from, file.id]);
    }
    done.add(file.id);
    order.push(file);
  };
  for (const file of files) visit(file, []);
  return order;
}

function calledFunctions(file: QueryFile, all: readonly QueryFile[]): string[] {
  return all.map((other) => other.id).filter((id) => id !== file.id && new RegExp(`\\b${id}\\(`).test(file.sql));
}

function checkMetrics(files: readonly QueryFile[]): void {
  const owner = new Map<string, string>();
  for (const file of files) {
    for (const metric of file.metrics) {
      const other = owner.get(metric.name);
      if (other) throw new QueryError(file.path, `metric "${metric.name}" is already declared in ${other}`);
      owner.set(metric.name, file.path);
    }
  }
}

function checkDenominators(files: readonly QueryFile[]): void {
  const names = files.flatMap((file) => file.metrics.map((metric) => metric.name));
  for (const file of files) {
    for (const { metric, per } of file.comparisons) {
      if (per === null || names.includes(per.metric)) continue;
      const near = nearestName(per.metric, names);
      throw new QueryError(
        file.path,
        `compare "${metric}" is per "${per.metric}", which is no metric${near ? `; did you mean "${near}"?` : ''}`,
      );
    }
  }
}

function checkExplains(findings: readonly QueryFile[]): void {
  const ids = findings.map((file) => file.id);
  for (const file of findings) {
    for (const id of file.explains) {
      if (ids.includes(id)) continue;
      const near = nearestName(id, ids);
      throw new QueryError(
        file.path,
        `explains "${id}", which is no finding${near ? `; did you mean "${near}"?` : ''}`,
      );
    }
  }
}
