import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { processConsole } from './console.ts';

const COLLECTOR = new URL('../../../src/collector/lastack-collect', import.meta.url);

/** `lastack collect` */
export function addCollectCommand(program: Command): void {
  program
    .command('collect')
    .summary('print the collector, a shell script for the sick host')
    .description('Prints lastack-collect, one POSIX shell script to be copied to the host and run there as root.')
    .addHelpText('after', '\nExample:\n  lastack collect > lastack-collect && scp lastack-collect www1:')
    .action(async () => {
      await processConsole(false).data(await readFile(COLLECTOR));
    });
}
