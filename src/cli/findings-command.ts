import { type Command, Option } from 'commander';
import type { Backtest } from '../analysis/backtest.ts';
import type { Finding, Postmortem } from '../analysis/document.ts';
import { CliError } from '../base/errors.ts';
import { accountOf } from './accounting-line.ts';
import { type AnalyseArguments, addAnalyseOptions } from './analyse-options.ts';
import { type Console, processConsole } from './console.ts';
import { parseDuration } from './duration.ts';

interface FindingsArguments extends AnalyseArguments {
  readonly format: 'table' | 'json';
  readonly window?: number;
  readonly step?: number;
}

/** `lastack findings CAPTURE... | --case FILE` */
export function addFindingsCommand(program: Command): void {
  addAnalyseOptions(program.command('findings'))
    .summary('print what was found, without a report')
    .description('Prints the findings to stdout: cause first, then its symptoms, then context.')
    .addOption(new Option('--format <format>', 'how to print them').choices(['table', 'json']).default('table'))
    .option(
      '--window <time>',
      'replay the recording as if live: at each step, what the window before it shows',
      parseDuration,
    )
    .option('--step <time>', 'how far a replay goes at a time (default: 1m)', parseDuration)
    .addHelpText(
      'after',
      '\nExamples:\n  lastack findings captures/\n  lastack findings --case outage.duckdb --format json\n  lastack findings --case week.duckdb --window 5m --step 1m',
    )
    .action(async (captures: string[], options: FindingsArguments) => {
      const console = processConsole(program.opts<{ quiet?: boolean }>().quiet === true);
      if (options.window !== undefined) return replay(captures, options, options.window, console);
      if (options.step !== undefined) throw new CliError('--step belongs to a replay: give --window too', 2);
      const { analyseCase } = await import('./analyse-case.ts');
      const postmortem = await analyseCase(captures, options, console);
      await console.data(
        options.format === 'json' ? `${JSON.stringify(postmortem.findings, null, 2)}\n` : asText(postmortem),
      );
      console.say(accountOf(postmortem));
    });
}

async function replay(
  captures: string[],
  options: FindingsArguments,
  windowS: number,
  console: Console,
): Promise<void> {
  const { withAnalysis } = await import('./analyse-case.ts');
  const { backtest } = await import('../analysis/backtest.ts');
  const stepS = options.step ?? 60;
  let told = 0;
  const onProgress = (done: number, total: number): void => {
    if (done < total && done < told + total / 4) return;
    told = done;
    console.say(`replayed ${done} of ${total} moments`);
  };
  const result = await withAnalysis(captures, options, console, (connection, analysis) =>
    backtest(connection, { ...analysis, windowS, stepS, onProgress }),
  );
  await console.data(options.format === 'json' ? `${JSON.stringify(result, null, 2)}\n` : replayText(result));
}

function replayText({ moments, findings }: Backtest): string {
  const lines = findings.map(
    ({ id, host, subject, severity, onset, firstKnown, delayS, lastKnown, moments: said, asCause }) =>
      `${severity}: ${id} on ${host}${subject === null ? '' : ` ${subject}`}\n` +
      `  began ${clock(onset)}, known at ${clock(firstKnown)} (after ${Math.round(delayS)} s), last said at ${clock(lastKnown)}; ` +
      `said ${said} times, ${asCause} times as the cause`,
  );
  return `${[`${moments} moments were replayed.`, ...(lines.length === 0 ? ['Nothing was found at any of them.'] : lines)].join('\n')}\n`;
}

function clock(instant: string): string {
  return instant.replace('T', ' ').slice(0, 19);
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
