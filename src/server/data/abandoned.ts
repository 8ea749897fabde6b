import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

const KEPT_MS = 24 * 3600 * 1000;

/**
 * Removes what is left of uploads that broke off for good: those in pieces after a day, the others where no server runs that
 * may be receiving them.
 */
export async function dropAbandoned(incoming: string, now: number, isRunning: boolean): Promise<void> {
  const names = await readdir(incoming);
  for (const name of names) {
    const id = name.replace(/\.json$/, '');
    const isInPieces = names.includes(id) && names.includes(`${id}.json`);
    const { mtimeMs } = await stat(join(incoming, id)).catch(() => ({ mtimeMs: 0 }));
    if (isInPieces ? mtimeMs + KEPT_MS < now : !isRunning) await rm(join(incoming, name), { force: true });
  }
}
