import { type Command, Option } from 'commander';
import type { Postmortem } from '../analysis/document.ts';
import { accountOf } from './accounting-line.ts';
import { type AnalyseArguments, addAnalyseOptions } from './analyse-options.ts';
import { processConsole, writeOutput } from './console.ts';

const FORMATS = ['html', 'md', 'json'] as const;
type Format = (typeof FORMATS)[number];

/** Renderers are loaded when they are asked for: the one for HTML brings the chart library with it. */
const RENDER: Record<Format, (document: Postmortem) => Promise<string>> = {
  html: async (document) => (await import('../report/render-html.ts')).renderHtml(document),
  md: async (document) => (await import('../report/render-markdown.ts')).renderMarkdown(document),
  json: async (document) => (await import('../report/render-json.ts')).renderJson(document),
};

/** `lastack report CAPTURE...` */
export function addReportCommand(program: Command): void {
  addAnalyseOptions(program.command('report'))
    .summary('read captures and write the postmortem')
    .description('Reads captures and writes the postmortem: one HTML file that needs no network, Markdown, or JSON.')
    .option('-o, --output <file>', 'where to write it; - is stdout (default: postmortem.html, .md or .json)')
    .addOption(new Option('--format <format>', 'what to write').choices(FORMATS).default('html'))
    .addHelpText(
      'after',
      '\nExamples:\n  lastack report captures/\n  lastack report captures/ --format md -o - | less\n  lastack report --case outage.duckdb --run before --since 2026-11-22T20:40 -o before.html',
    )
    .action(async (captures: string[], options: AnalyseArguments & { format: Format; output?: string }) => {
      const console = processConsole(program.opts<{ quiet?: boolean }>().quiet === true);
      const { analyseCase } = await import('./analyse-case.ts');
      const postmortem = await analyseCase(captures, options, console);
      const target = options.output ?? `postmortem.${options.format}`;
      await writeOutput(target, await RENDER[options.format](postmortem), console);
      console.say(accountOf(postmortem));
      console.say(postmortem.verdict.sentence);
      if (target !== '-') console.say(target);
    });
}
