import { spawnSync } from 'node:child_process';

/** Why a script in a network namespace of its own cannot run here with these commands; null when it can. */
export function whyNoNamespace(commands: readonly string[]): string | null {
  if (process.getuid?.() !== 0) return 'needs root';
  for (const command of ['unshare', ...commands]) {
    const found = spawnSync('sh', ['-c', `command -v ${command}`]);
    if (found.status !== 0) return `needs ${command}`;
  }
  return spawnSync('unshare', ['-n', 'true']).status === 0 ? null : 'needs network namespaces';
}

/** Runs a shell script in a network namespace of its own, which ends with it; returns what it printed. */
export function runInNamespace(script: string, args: readonly string[] = []): string {
  const ran = spawnSync('unshare', ['-n', 'sh', '-eu', '-c', script, 'sh', ...args], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
    timeout: 60_000,
  });
  if (ran.status !== 0) throw new Error(`script in a namespace ended with ${ran.status}: ${ran.stderr}`);
  return ran.stdout;
}
