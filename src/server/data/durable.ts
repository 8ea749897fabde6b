import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Writes a file whole or not at all, so that it is there after a loss of power. */
export async function writeDurably(path: string, text: string, mode = 0o600): Promise<void> {
  const partial = join(dirname(path), `.${randomUUID()}.partial`);
  try {
    const handle = await open(partial, 'wx', mode);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(partial, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/** Makes names in a folder last: a rename is only kept once its folder is. */
export async function syncFolder(path: string): Promise<void> {
  let handle: FileHandle | null = null;
  try {
    handle = await open(path, 'r');
    await handle.sync();
  } finally {
    await handle?.close();
  }
}
