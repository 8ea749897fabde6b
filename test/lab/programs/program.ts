import { createInterface } from 'node:readline';

/** The options a program of the lab was started with, as JSON. */
export function startOptions(): unknown {
  return JSON.parse(process.argv[2]!);
}

/** Says that the program is ready, and takes changes of its options from standard input; it ends with its parent. */
export function ready(options: object): void {
  process.stdout.write(`ready ${process.pid}\n`);
  const lines = createInterface(process.stdin);
  lines.on('line', (line) => void Object.assign(options, JSON.parse(line)));
  lines.on('close', () => process.exit(0));
}

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function sleep(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}
