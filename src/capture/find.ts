import type { Stats } from 'node:fs';
import { createWriteStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { CliError } from '../base/errors.ts';
import { printable } from './member-name.ts';

/** Something to import: one archive, or one unpacked capture. */
export interface CapturePath {
  readonly path: string;
  readonly kind: 'archive' | 'folder';
  /** Bytes on disk, for the progress bar; 0 for a folder. */
  readonly bytes: number;
}

export interface Found {
  readonly captures: readonly CapturePath[];
  /** Files that lie among the captures and are none. */
  readonly ignored: readonly string[];
}

const ARCHIVE_NAME = /\.(tar|tar\.gz|tgz)$/i;
const FOLDER_DEPTH = 4;

/**
 * Finds the captures behind what the user named: archives, folders of them, unpacked captures.
 * Sorted by name, so that the same input gives the same capture ids. Throws a CliError where there is nothing:
 * exit 2 for a path that does not exist, exit 3 for one that holds no capture.
 */
export async function findCaptures(paths: readonly string[]): Promise<Found> {
  const captures = new Map<string, CapturePath>();
  const ignored: string[] = [];
  for (const path of paths) {
    const before = captures.size;
    const info = await statOrFail(path);
    if (info.isDirectory()) await searchFolder(resolve(path), captures, ignored, FOLDER_DEPTH);
    else if (info.isFile()) add(captures, { path: resolve(path), kind: 'archive', bytes: info.size });
    else throw new CliError(`${printable(path)} is neither a file nor a folder`, 2);
    if (captures.size === before && info.isDirectory()) {
      throw new CliError(
        `no capture in ${printable(path)}: expected .tar, .tar.gz or .tgz files, or an unpacked capture with manifest.tsv`,
        3,
      );
    }
  }
  const sorted = [...captures.values()].sort(
    (a, b) => compare(basename(a.path), basename(b.path)) || compare(a.path, b.path),
  );
  return { captures: sorted, ignored: ignored.sort() };
}

/** Writes standard input to a file, so that it can be hashed before it is read. */
export async function spoolStdin(input: NodeJS.ReadableStream, to: string): Promise<void> {
  await pipeline(input, createWriteStream(to, { flags: 'wx' }));
}

async function statOrFail(path: string): Promise<Stats> {
  try {
    return await stat(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why =
      code === 'ENOENT' ? 'no such file or folder' : code === 'EACCES' ? 'no permission to read' : String(code);
    throw new CliError(`${printable(path)}: ${why}`, 2, { cause: error });
  }
}

async function searchFolder(
  folder: string,
  captures: Map<string, CapturePath>,
  ignored: string[],
  depth: number,
): Promise<void> {
  const entries = (await readdir(folder, { withFileTypes: true })).sort((a, b) => compare(a.name, b.name));
  if (entries.some((entry) => entry.isFile() && entry.name === 'manifest.tsv')) {
    add(captures, { path: folder, kind: 'folder', bytes: 0 });
    return;
  }
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (depth > 0) await searchFolder(path, captures, ignored, depth - 1);
    } else if (entry.isFile() && ARCHIVE_NAME.test(entry.name)) {
      add(captures, { path, kind: 'archive', bytes: (await stat(path)).size });
    } else {
      ignored.push(path);
    }
  }
}

function add(captures: Map<string, CapturePath>, capture: CapturePath): void {
  captures.set(capture.path, capture);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
