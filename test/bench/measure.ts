import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What one child process took. */
export interface Measured {
  readonly seconds: number;
  /** Processor time of all its threads; what a busy machine changes least. */
  readonly cpuSeconds: number;
  /** Highest resident memory of the process, MB; 0 where there is no /proc. */
  readonly peakMb: number;
}

const POLL_MS = 20;
const CLI = join(import.meta.dirname, '../../src/cli/main.js');

/** Runs lastack to its end; throws when it fails. */
export function measureCli(args: readonly string[]): Promise<Measured> {
  return measure(process.execPath, [CLI, ...args]);
}

/** Runs a command to its end; throws when it fails. */
export async function measure(command: string, args: readonly string[]): Promise<Measured> {
  const started = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  let peakMb = 0;
  let cpuSeconds = 0;
  const poll = setInterval(() => {
    peakMb = Math.max(peakMb, peakOf(child.pid!));
    cpuSeconds = Math.max(cpuSeconds, cpuOf(child.pid!));
  }, POLL_MS);
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  clearInterval(poll);
  if (status !== 0) throw new Error(`${command} ${args[0]} ended with status ${status}`);
  return { seconds: (performance.now() - started) / 1000, cpuSeconds, peakMb };
}

/** The yardstick: all tarballs unpacked into `wc -l`, two at a time. Gives the time it took and the lines there are. */
export function unpackAndCount(tarballs: readonly string[]): Omit<Measured, 'peakMb'> & { readonly lines: number } {
  const script = "TIMEFORMAT='time %R %U %S'; time xargs -P 2 -n 1 sh -c 'tar -xzOf \"$0\" | wc -l'";
  const done = spawnSync('bash', ['-c', script], { input: tarballs.join('\n'), encoding: 'utf8' });
  const time = /^time (\S+) (\S+) (\S+)$/m.exec(done.stderr);
  if (done.status !== 0 || time === null) throw new Error(`unpacking failed: ${done.stderr}`);
  const lines = done.stdout.split('\n').reduce((sum, line) => sum + Number(line), 0);
  return { seconds: Number(time[1]), cpuSeconds: Number(time[2]) + Number(time[3]), lines };
}

/** Both times as they are printed. */
export function clockAndProcessor(measured: { readonly seconds: number; readonly cpuSeconds: number }): string {
  return `${measured.seconds.toFixed(2)} s (processor ${measured.cpuSeconds.toFixed(2)} s)`;
}

/** Processor time of a process so far: fields 14 and 15 of its stat, in hundredths of a second. */
function cpuOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return 0;
  }
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
