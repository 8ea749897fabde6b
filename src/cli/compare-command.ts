import { type Command, Option } from 'commander';
import type { Alignment } from '../analysis/comparison/align.ts';
import type { Expectation } from '../analysis/comparison/hypotheses.ts';
import type { TimeWindow } from '../analysis/comparison/windows.ts';
import type { Comparison } from '../analysis/comparison-document.ts';
import { CliError } from '../base/errors.ts';
import { processConsole, writeOutput } from './console.ts';
import { parseDuration } from './duration.ts';
import { parseExpectations } from './expectation.ts';
import { addLimitOptions, type LimitArguments, limitsOf } from './limit-options.ts';
import { addLogFormatOption } from './log-format-option.ts';
import { parseWindow } from './time-window.ts';

const FORMATS = ['html', 'md', 'json'] as const;
type Format = (typeof FORMATS)[number];

const RENDER: Record<Format, (document: Comparison) => Promise<string>> = {
  html: async (document) => (await import('../report/comparison/render-html.ts')).renderComparisonHtml(document),
  md: async (document) => (await import('../report/comparison/render-markdown.ts')).renderComparisonMarkdown(document),
  json: async (document) => (await import('../report/render-json.ts')).renderJson(document),
};

interface CompareArguments extends LimitArguments {
  readonly case?: string;
  readonly output?: string;
  readonly format: Format;
  readonly before?: TimeWindow;
  readonly after?: TimeWindow;
  readonly guard: number;
  readonly align: Alignment;
  readonly expect?: readonly Expectation[];
  readonly queries?: string;
  readonly logFormat?: string;
}

/** `lastack compare BEFORE AFTER` */
export function addCompareCommand(program: Command): void {
  const command = program
    .command('compare')
    .argument(
      '[run...]',
      'captures, or with --case names of runs: BEFORE AFTER, or BEFORE... -- AFTER..., options before them',
    )
    .summary('compare runs: what did a change really do?')
    .description(
      'Compares runs before a change with runs after it: whether they can be compared at all, what became better or worse, what\ncannot be told and how much longer to record for it, which findings went and came, which settings differ.',
    )
    .option('--case <file>', 'a case file that holds the runs')
    .option('-o, --output <file>', 'where to write it; - is stdout (default: comparison.html, .md or .json)')
    .addOption(new Option('--format <format>', 'what to write').choices(FORMATS).default('html'))
    .option('--before <from..to>', 'a window of one run instead of a run (UTC unless it has a zone)', parseWindow)
    .option('--after <from..to>', 'the other window', parseWindow)
    .addOption(
      new Option('--guard <time>', 'left out on each side of where two windows meet, and after an onset or load step')
        .argParser(parseDuration)
        .default(10, '10s'),
    )
    .addOption(
      new Option(
        '--align <by>',
        'what of each run is compared: all of it, the same time of day, or from an onset or load step on',
      )
        .choices(['start', 'clock', 'onset', 'load'])
        .default('start'),
    )
    .option(
      '--expect <effect>',
      'what the change should do: "METRIC up|down|unchanged", or a file of such lines; may be repeated',
      parseExpectations,
    )
    .option('--queries <dir>', 'a folder with findings of your own; the same id replaces ours')
    .addHelpText(
      'after',
      "\nExamples:\n  lastack compare captures/before captures/after\n  lastack compare --expect 'TcpExtListenOverflows down' monday tuesday -- thursday friday\n  lastack compare --case web.duckdb before after --format md -o - | less\n  lastack compare captures/ --before 2026-11-22T20:00..2026-11-22T20:30 --after 2026-11-22T20:30..2026-11-22T21:00",
    );
  addLogFormatOption(addLimitOptions(command)).action(
    async (names: string[], options: CompareArguments, self: Command) => {
      const console = processConsole(program.opts<{ quiet?: boolean }>().quiet === true);
      if ((options.before === undefined) !== (options.after === undefined))
        throw new CliError('--before and --after go together: a window each', 2);
      const windows = options.before === undefined ? null : ([options.before, options.after!] as const);
      const { partArguments, withSides } = await import('./compare-input.ts');
      const [before, after] = partArguments(names, partedAt(self, names), windows !== null);
      const { compareCase } = await import('./compare-case.ts');
      const input = {
        before,
        after,
        casePath: options.case,
        windows,
        guardS: options.guard,
        limits: limitsOf(options),
        logFormat: options.logFormat,
      };
      const comparison = await withSides(input, console, (connection, one, other) =>
        compareCase(connection, one, other, options, console),
      );
      const target = options.output ?? `comparison.${options.format}`;
      await writeOutput(target, await RENDER[options.format](comparison), console);
      console.say(comparison.verdict.sentence);
      for (const remark of comparison.verdict.remarks) console.say(remark);
      if (target !== '-') console.say(target);
    },
  );
}

/** How many names stand before the `--` on the command line; null without one. Commander drops it. */
function partedAt(command: Command, names: readonly string[]): number | null {
  const raw = (command.parent as unknown as { readonly rawArgs?: readonly string[] } | null)?.rawArgs ?? [];
  const at = raw.indexOf('--');
  if (at < 0) return null;
  const option = raw.slice(at + 1).find((word) => word.startsWith('-'));
  if (option !== undefined)
    throw new CliError(`${option} stands behind --, where only runs can stand; options come before the runs`, 2);
  return names.length - (raw.length - at - 1);
}
