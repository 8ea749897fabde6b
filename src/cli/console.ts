import { once } from 'node:events';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { CliError } from '../base/errors.ts';

/** Where commands write: data to stdout, everything said about it to stderr. */
export interface Console {
  /** Data. Waits while the reader is slow. */
  data(chunk: string | Uint8Array): Promise<void>;
  /** One line of progress or a note. */
  say(line: string): void;
  /** Whether stderr is a terminal that can redraw a line. */
  readonly isTerminal: boolean;
  readonly stderr: NodeJS.WriteStream;
}

/** The process's own streams; `quiet` drops what is said. */
export function processConsole(quiet: boolean): Console {
  return {
    async data(chunk) {
      if (!process.stdout.write(chunk)) await once(process.stdout, 'drain');
    },
    say(line) {
      if (!quiet) process.stderr.write(`${line}\n`);
    },
    isTerminal: process.stderr.isTTY && !quiet,
    stderr: process.stderr,
  };
}

/** Writes a result whole or not at all: to `-` as data, else beside the target and renamed. */
export async function writeOutput(target: string, content: string | Uint8Array, console: Console): Promise<void> {
  if (target === '-') {
    await console.data(content);
    return;
  }
  const partial = join(dirname(target), `.${basename(target)}.${process.pid}.partial`);
  try {
    await writeFile(partial, content);
    await rename(partial, target);
  } catch (error) {
    await rm(partial, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    const why =
      code === 'ENOENT'
        ? 'its folder does not exist'
        : code === 'EACCES'
          ? 'no permission'
          : code === 'EISDIR'
            ? 'it is a folder'
            : String(code);
    throw new CliError(`cannot write ${target}: ${why}`, 2, { cause: error });
  }
}

/** Runs `body` with a folder of its own that is gone afterwards. */
export async function withTempFolder<T>(body: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'lastack-'));
  try {
    return await body(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
