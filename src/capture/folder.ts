import { createReadStream, type Dirent } from 'node:fs';
import { opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ByteBudget, LimitError } from './byte-budget.ts';
import type { Limits } from './limits.ts';
import { checkEntryName } from './member-name.ts';
import { Refusals } from './refusals.ts';
import type { MemberSink, Visitor } from './visitor.ts';

/** Streams the files of an unpacked capture to the visitor, `manifest.tsv` first, then by name. Links are not followed. */
export async function readFolder(root: string, limits: Limits, visitor: Visitor): Promise<void> {
  await readListed(root, limits, visitor, async (files, refusals) => {
    const full = await walk(root, limits.entries, files, refusals);
    if (full) visitor.damaged(`refused: more than ${limits.entries} entries`);
    files.sort((a, b) => Number(isManifest(b)) - Number(isManifest(a)) || (a < b ? -1 : 1));
  });
}

/** Streams the named files below `root` to the visitor, in this order. */
export async function readFiles(
  root: string,
  named: readonly string[],
  limits: Limits,
  visitor: Visitor,
): Promise<void> {
  await readListed(root, limits, visitor, (files) => {
    if (named.length > limits.entries) visitor.damaged(`refused: more than ${limits.entries} entries`);
    files.push(...named.slice(0, limits.entries));
    return Promise.resolve();
  });
}

async function readListed(
  root: string,
  limits: Limits,
  visitor: Visitor,
  list: (files: string[], refusals: Refusals) => Promise<void>,
): Promise<void> {
  const refusals = new Refusals((text) => visitor.note(text));
  const files: string[] = [];
  const budget = new ByteBudget(limits);
  try {
    await list(files, refusals);
    for (const file of files) {
      const name = checkEntryName(file, limits.nameBytes);
      const path = join(root, file);
      const modified = (await stat(path).catch(() => null))?.mtime ?? null;
      const sink = 'path' in name ? await visitor.member(name.path, null, modified) : null;
      if ('refused' in name) refusals.add(file, name.refused);
      else if (sink !== null && !(await readFile(path, sink, budget)))
        refusals.add(file, 'it cannot be opened or read');
    }
  } catch (error) {
    if (!(error instanceof LimitError)) throw error;
    visitor.damaged(`refused: ${error.message}`);
  }
  refusals.finish();
}

function isManifest(path: string): boolean {
  return path.endsWith('manifest.tsv');
}

/** Whether the file could be read to its end. */
async function readFile(path: string, sink: MemberSink, budget: ByteBudget): Promise<boolean> {
  const chunks = createReadStream(path, { highWaterMark: 1 << 18 })[Symbol.asyncIterator]();
  for (;;) {
    const next = await chunks.next().catch(() => null);
    if (next === null) return false;
    if (next.done === true) break;
    const chunk = next.value as Uint8Array;
    budget.addPacked(chunk.length);
    budget.addUnpacked(chunk.length);
    const wait = sink.push(chunk);
    if (wait !== undefined) await wait;
  }
  await sink.end();
  return true;
}

/** Collects the files of a tree; true when there are more entries than that. */
async function walk(root: string, most: number, files: string[], refusals: Refusals): Promise<boolean> {
  const folders = [''];
  let entries = 0;
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const below = folder;
    const listed = await opendir(join(root, below)).catch(() => null);
    if (listed === null) {
      refusals.add(below, 'a folder that cannot be opened');
      continue;
    }
    for await (const entry of listed) {
      if (++entries > most) return true;
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) folders.push(path);
      else if (entry.isFile()) files.push(path);
      else refusals.add(path, kindOf(entry));
    }
  }
  return false;
}

function kindOf(entry: Dirent): string {
  if (entry.isSymbolicLink()) return 'a symbolic link';
  if (entry.isFIFO()) return 'a named pipe';
  return entry.isSocket() ? 'a socket' : 'a device';
}
