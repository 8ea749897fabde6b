import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What one child process took. */
export interface Measured {
  readonly seconds: number;
  /** Highest resident memory of the process, MB; 0 where there is no /proc. */
  readonly peakMb: number;
}

const POLL_MS = 20;

/** Runs a command to its end; throws when it fails. */
export async function measure(command: string, args: readonly string[]): Promise<Measured> {
  const started = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  let peakMb = 0;
  const poll = setInterval(() => {
    peakMb = Math.max(peakMb, peakOf(child.pid!));
  }, POLL_MS);
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  clearInterval(poll);
  if (status !== 0) throw new Error(`${command} ${args[0]} ended with status ${status}`);
  return { seconds: (performance.now() - started) / 1000, peakMb };
}

/** The yardstick: all tarballs unpacked into `wc -l`, two at a time. Gives the seconds it took and the lines there are. */
export function unpackAndCount(tarballs: readonly string[]): { seconds: number; lines: number } {
  const started = performance.now();
  const args = ['-P', '2', '-n', '1', 'sh', '-c', 'tar -xzOf "$0" | wc -l'];
  const out = execFileSync('xargs', args, { input: tarballs.join('\n'), encoding: 'utf8' });
  const lines = out.split('\n').reduce((sum, line) => sum + Number(line), 0);
  return { seconds: (performance.now() - started) / 1000, lines };
}

/** The kernel's high-water mark of a process, which only grows: the last reading is at most one poll old. */
function peakOf(pid: number): number {
  try {
    const kb = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return kb === null ? 0 : Number(kb[1]) / 1024;
  } catch {
    return 0;
  }
}
