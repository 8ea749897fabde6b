import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from '../support/archives.ts';

/** `lastack serve` as a process of its own. */
export interface Served {
  readonly url: string;
  readonly child: ChildProcess;
  /** Ends it as a loss of power would. */
  kill(): Promise<void>;
}

/** Starts it on a free port, with these flags besides. */
export async function serve(dataFolder: string, flags: readonly string[] = []): Promise<Served> {
  const args = [join(ROOT, 'dist/src/cli/main.js'), '--quiet', 'serve', '--port', '0', '--data', dataFolder, ...flags];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const [url] = (await Promise.race([once(lines, 'line'), once(child, 'exit').then(() => [''])])) as [string];
  if (url === '') throw new Error('lastack serve ended before it listened');
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  return { url, child, kill };
}
