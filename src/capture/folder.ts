import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Limits } from './limits.ts';
import { checkEntryName, printable } from './member-name.ts';
import type { Visitor } from './visitor.ts';

/** Streams the files of an unpacked capture to the visitor, `manifest.tsv` first, then by name. Links are not followed. */
export async function readFolder(root: string, limits: Limits, visitor: Visitor): Promise<void> {
  const files: string[] = [];
  await walk(root, '', files, limits, visitor);
  files.sort((a, b) => Number(isManifest(b)) - Number(isManifest(a)) || (a < b ? -1 : 1));
  for (const file of files) {
    const name = checkEntryName(file, limits.nameBytes);
    if ('refused' in name) {
      visitor.note(`entry "${printable(file)}" not read: ${name.refused}`);
      continue;
    }
    const sink = await visitor.member(name.path, null);
    if (sink === null) continue;
    for await (const chunk of createReadStream(join(root, file), { highWaterMark: 1 << 18 })) {
      const wait = sink.push(chunk as Uint8Array);
      if (wait !== undefined) await wait;
    }
    await sink.end();
  }
}

function isManifest(path: string): boolean {
  return path.endsWith('manifest.tsv');
}

async function walk(root: string, below: string, files: string[], limits: Limits, visitor: Visitor): Promise<void> {
  for (const entry of await readdir(join(root, below), { withFileTypes: true })) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (files.length >= limits.entries) {
      visitor.damaged(`refused: more than ${limits.entries} entries`);
      return;
    }
    if (entry.isDirectory()) await walk(root, path, files, limits, visitor);
    else if (entry.isFile()) files.push(path);
    else visitor.note(`entry "${printable(path)}" not read: not a regular file`);
  }
}
