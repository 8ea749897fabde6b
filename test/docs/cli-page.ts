import type { Command } from 'commander';

/** `docs/cli.md`: the help of every command, as the program prints it. */
export function cliPage(program: Command): string {
  return [
    '# Command line',
    '',
    'What the program says with `--help`. Reports go to files, data to stdout, progress and notes to stderr.',
    '',
    '| exit code | meaning |',
    '| --- | --- |',
    '| 0 | done |',
    '| 1 | a bug in lastack |',
    '| 2 | wrong usage |',
    '| 3 | nothing readable in the input |',
    ...[program, ...program.commands].flatMap((command) => [
      '',
      `## ${command === program ? 'lastack' : `lastack ${command.name()}`}`,
      '',
      '```',
      helpOf(command),
      '```',
    ]),
    '',
  ].join('\n');
}

function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({
    writeOut: (piece) => {
      text += piece;
    },
    getOutHelpWidth: () => 110,
    getOutHasColors: () => false,
  });
  command.outputHelp();
  return text.trim();
}
