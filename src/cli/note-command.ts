import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { CliError } from '../base/errors.ts';
import { processConsole } from './console.ts';
import { parseInstant } from './instant.ts';
import { VERSION } from './version.ts';

interface NoteArguments {
  readonly case: string;
  readonly author?: string;
  readonly at?: string;
  readonly finding?: string;
}

/** `lastack note --case FILE TEXT` */
export function addNoteCommand(program: Command): void {
  program
    .command('note')
    .summary('keep a note in a case')
    .description('Keeps a note in a case, about a time or a finding. Every later report shows it.')
    .argument('<text>', 'what there is to say')
    .requiredOption('--case <file>', 'the case file')
    .option('--author <name>', 'who says it')
    .option('--at <time>', 'the time it is about (UTC unless it has a zone)', parseInstant)
    .option('--finding <id>', 'the finding it is about')
    .addHelpText(
      'after',
      "\nExamples:\n  lastack note --case outage.duckdb --at 2026-11-22T20:46:30 --author ann 'the backend was restarted by hand'",
    )
    .action(async (text: string, options: NoteArguments) => {
      const console = processConsole(program.opts<{ quiet?: boolean }>().quiet === true);
      if (text.trim() === '') throw new CliError('a note needs a text', 2);
      const [{ CaseFile }, { addNote }] = await Promise.all([
        import('../store/case-file.ts'),
        import('../store/notes.ts'),
      ]);
      if (!existsSync(options.case))
        throw new CliError(
          `${options.case}: no such case file; make one with: lastack import CAPTURE... --case FILE`,
          2,
        );
      const file = await CaseFile.openOrCreate(options.case, { tables: [], lastackVersion: VERSION });
      try {
        await addNote(file.connection, {
          written: new Date().toISOString(),
          author: options.author ?? '',
          text: text.trim(),
          at: options.at ?? null,
          finding: options.finding ?? null,
        });
        console.say(`${options.case}: noted`);
      } finally {
        file.close();
      }
    });
}
