import type { Dirent, Stats } from 'node:fs';
import { createReadStream, createWriteStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { CliError } from '../base/errors.ts';
import { isTarHeader } from './archive.ts';
import { compressionOf, decompress, unreadableKind } from './compression.ts';
import { printable } from './member-name.ts';

/** Something to import: an archive, an unpacked capture or sosreport, or files that lie together. */
export type CapturePath = {
  readonly path: string;
  /** Bytes on disk, for the progress bar; 0 for a folder. */
  readonly bytes: number;
} & (
  | { readonly kind: 'archive' | 'folder'; readonly files?: undefined }
  /** The named files below `path`, sorted. */
  | { readonly kind: 'files'; readonly files: readonly string[] }
);

export interface Found {
  readonly captures: readonly CapturePath[];
}

/** What a capture is called in notes and tables. */
export function captureName({ path, files }: CapturePath): string {
  return basename(files?.length === 1 ? files[0]! : path);
}

const ARCHIVE_NAME = /\.(?:tar(?:\.(?:gz|xz|bz2|zst))?|tgz|txz|tbz2?)$/i;
const FOLDER_DEPTH = 4;
/** Bytes at the start of a file that tell what it is. */
const HEADER_BYTES = 512;

/**
 * Finds the captures behind what the user named: archives, folders of them, unpacked captures and sosreports; what is left
 * over are loose files, which are one capture a folder that was named. Sorted by name, loose files last, so that the same
 * input gives the same capture ids. Throws a CliError where there is nothing: exit 2 for a path that does not exist, exit 3
 * for a folder without files.
 */
export async function findCaptures(paths: readonly string[]): Promise<Found> {
  const search = new Search();
  for (const path of paths) {
    const info = await statOrFail(path);
    if (info.isDirectory()) await search.folder(path);
    else if (info.isFile()) await search.file(resolve(path), info.size);
    else throw new CliError(`${printable(path)} is neither a file nor a folder`, 2);
  }
  return { captures: search.found() };
}

/** Writes standard input to a file, so that it can be hashed before it is read. */
export async function spoolStdin(input: NodeJS.ReadableStream, to: string): Promise<void> {
  await pipeline(input, createWriteStream(to, { flags: 'wx' }));
}

class Search {
  readonly #captures = new Map<string, CapturePath>();
  /** Loose files and their sizes, by the folder they are named with. */
  readonly #loose = new Map<string, Map<string, number>>();

  found(): readonly CapturePath[] {
    const captures = [...this.#captures.values()].sort(
      (a, b) => compare(basename(a.path), basename(b.path)) || compare(a.path, b.path),
    );
    const loose = [...this.#loose]
      .sort(([a], [b]) => compare(a, b))
      .map(([path, sizes]): CapturePath => {
        const bytes = [...sizes.values()].reduce((sum, size) => sum + size, 0);
        return { path, kind: 'files', files: [...sizes.keys()].sort(compare), bytes };
      });
    return [...captures, ...loose];
  }

  async file(path: string, bytes: number): Promise<void> {
    if (await isArchive(path)) this.#captures.set(path, { path, kind: 'archive', bytes });
    else this.#addLoose(dirname(path), path, bytes);
  }

  async folder(named: string): Promise<void> {
    const before = this.#captures.size + this.#loose.size;
    const root = resolve(named);
    await this.#search(root, root, FOLDER_DEPTH);
    if (this.#captures.size + this.#loose.size > before) return;
    throw new CliError(
      `no capture in ${printable(named)}: expected .tar, .tar.gz or .tgz files, an unpacked capture with manifest.tsv, or logs and outputs of tools`,
      3,
    );
  }

  async #search(folder: string, root: string, depth: number): Promise<void> {
    const entries = (await readdir(folder, { withFileTypes: true })).sort((a, b) => compare(a.name, b.name));
    if (isUnpacked(entries)) {
      this.#captures.set(folder, { path: folder, kind: 'folder', bytes: 0 });
      return;
    }
    for (const entry of entries) {
      if (entry.name.startsWith('.')) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (depth > 0) await this.#search(path, root, depth - 1);
      } else if (entry.isFile()) {
        const { size } = await stat(path);
        if (ARCHIVE_NAME.test(entry.name)) this.#captures.set(path, { path, kind: 'archive', bytes: size });
        else this.#addLoose(root, path, size);
      }
    }
  }

  #addLoose(folder: string, path: string, bytes: number): void {
    const files = this.#loose.get(folder) ?? new Map<string, number>();
    this.#loose.set(folder, files.set(relative(folder, path), bytes));
  }
}

/** Whether a folder is a capture as it stands: one of ours, or a sosreport. */
function isUnpacked(entries: readonly Dirent[]): boolean {
  return entries.some(
    (entry) =>
      (entry.isFile() && entry.name === 'manifest.tsv') || (entry.isDirectory() && entry.name === 'sos_commands'),
  );
}

/** Whether a file the user named is an archive, or something we can only say as much of; any other is a log or an output. */
async function isArchive(path: string): Promise<boolean> {
  const head = await firstBytes(createReadStream(path, { end: HEADER_BYTES - 1 }));
  if (ARCHIVE_NAME.test(path) || isTarHeader(head) || unreadableKind(head) !== null) return true;
  const compression = compressionOf(head);
  if (compression === null) return false;
  try {
    return isTarHeader(await firstBytes(decompress(compression, createReadStream(path))));
  } catch {
    return false;
  }
}

async function firstBytes(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const head: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    head.push(chunk);
    length += chunk.length;
    if (length >= HEADER_BYTES) break;
  }
  return Buffer.concat(head).subarray(0, HEADER_BYTES);
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

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
