import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { CapturePath } from '../capture/find.ts';

/**
 * SHA-256 of an archive, or of a folder's or group's regular files with their names, in order; what cannot be read of them counts
 * with its name alone. Hexadecimal; null for an archive that cannot be read.
 */
export async function hashCapture(capture: CapturePath): Promise<string | null> {
  const hash = createHash('sha256');
  const files = capture.kind === 'archive' ? [''] : (capture.files ?? (await listFiles(capture.path, '')));
  for (const file of files) {
    if (file !== '') hash.update(`${file}\0`);
    try {
      for await (const chunk of createReadStream(join(capture.path, file), { highWaterMark: 1 << 20 }))
        hash.update(chunk as Uint8Array);
    } catch {
      if (file === '') return null;
    }
  }
  return hash.digest('hex');
}

async function listFiles(root: string, below: string): Promise<string[]> {
  const entries = await readdir(join(root, below), { withFileTypes: true }).catch(() => []);
  const lists = await Promise.all(
    entries.map((entry) => {
      const path = join(below, entry.name);
      if (entry.isDirectory()) return listFiles(root, path);
      return Promise.resolve(entry.isFile() ? [path] : []);
    }),
  );
  return lists.flat().sort();
}
