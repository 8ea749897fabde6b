import { readFileSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CliError } from '../../base/errors.ts';

interface Owner {
  readonly pid: number;
  /** When the process began, as the kernel says; a number is used again, both together are not. Null where it is not to be had. */
  readonly began: string | null;
}

/** Makes the data folder, and takes it for this process. Returns what gives it back. Throws a CliError (exit 2). */
export async function takeDataFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, 'server.lock');
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (let attempt = 0; ; attempt++) {
      try {
        await writeFile(path, JSON.stringify(processOf(process.pid)), { flag: 'wx', mode: 0o600 });
        return () => rm(path, { force: true });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt > 0) throw error;
        const owner = await readOwner(path);
        if (owner !== null && isAlive(owner))
          throw new CliError(
            `${folder} is in use by another lastack serve (process ${owner.pid}); stop it, or use another --data`,
            2,
          );
        await rm(path, { force: true });
      }
    }
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError(`${folder} cannot be used as --data: ${(error as Error).message}`, 2, { cause: error });
  }
}

async function readOwner(path: string): Promise<Owner | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Owner;
  } catch {
    return null;
  }
}

function isAlive(owner: Owner): boolean {
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return owner.began === processOf(owner.pid).began;
}

function processOf(pid: number): Owner {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return { pid, began: text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? null };
  } catch {
    return { pid, began: null };
  }
}
