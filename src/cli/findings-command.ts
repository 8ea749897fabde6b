import { type Command, Option } from 'commander';
import type { Finding, Postmortem } from '../analysis/document.ts';
import { type AnalyseArguments, addAnalyseOptions } from './analyse-options.ts';
import { processConsole } from './console.ts';

/** `lastack findings CAPTURE... | --case FILE` */
export function addFindingsCommand(program: Command): void {
  addAnalyseOptions(program.command('findings'))
    .summary('print what was found, without a report')
    .description('Prints the findings to stdout: cause first, then its symptoms, then context.')
    .addOption(new Option('--format <format>', 'how to print them').choices(['table', 'json']).default('table'))
    .addHelpText(
      'after',
      '\nExamples:\n  lastack findings captures/\n  lastack findings --case outage.duckdb --format json',
    )
    .action(async (captures: string[], options: AnalyseArguments & { format: 'table' | 'json' }) => {
      const console = processConsole(program.opts<{ quiet?: boolean }>().quiet === true);
      const { analyseCase } = await import('./analyse-case.ts');
      const postmortem = await analyseCase(captures, options, console);
      await console.data(
        options.format === 'json' ? `${JSON.stringify(postmortem.findings, null, 2)}\n` : asText(postmortem),
      );
    });
}

function asText({ verdict, findings, unchecked }: Postmortem): string {
  const lines = [verdict.sentence, ''];
  for (const finding of findings) lines.push(...findingLines(finding), '');
  for (const { id, missing } of unchecked) lines.push(`could not be checked: ${id} (no ${missing.join(', ')})`);
  return `${lines.join('\n').trimEnd()}\n`;
}

function findingLines(finding: Finding): string[] {
  const subject = finding.subject === null ? '' : ` ${finding.subject}`;
  const end = finding.end === null ? 'still going on at the end' : finding.end.slice(11, 19);
  return [
    `${finding.severity} ${finding.role}: ${finding.id} on ${finding.host}${subject}, confidence ${finding.confidence}`,
    `  ${finding.onset.replace('T', ' ').slice(0, 19)} ± ${finding.onsetUncertaintyS} s to ${end} UTC`,
    `  ${finding.summary}`,
  ];
}
