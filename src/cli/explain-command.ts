import type { Command } from 'commander';
import type { QueryFile } from '../analysis/query-file.ts';
import { CliError } from '../base/errors.ts';
import type { GlossaryEntry } from '../report/glossary.ts';
import { processConsole } from './console.ts';

const WIDTH = 100;

/** `lastack explain [NAME]` */
export function addExplainCommand(program: Command): void {
  program
    .command('explain')
    .summary('say what a finding, counter, setting or TCP state means')
    .description(
      'Says how a finding is decided, or what a counter, setting or TCP state means. Without a name: lists them.',
    )
    .argument('[name]', 'a finding id, a counter (TcpExtListenOverflows), a sysctl or Apache directive, or a TCP state')
    .option('--queries <dir>', 'a folder with findings of your own')
    .addHelpText(
      'after',
      '\nExamples:\n  lastack explain overload-sequence\n  lastack explain ListenOverflows\n  lastack explain net.ipv4.tcp_fin_timeout\n  lastack explain CLOSE_WAIT',
    )
    .action(async (name: string | undefined, options: { readonly queries?: string }) => {
      const { loadLibrary } = await import('../analysis/library.ts');
      const { readGlossary } = await import('../report/glossary.ts');
      const { findings } = await loadLibrary(options.queries === undefined ? [] : [options.queries]);
      const glossary = readGlossary();
      const text = name === undefined ? list(findings, glossary) : await explain(name, findings, glossary);
      await processConsole(false).data(text);
    });
}

async function explain(
  name: string,
  findings: readonly QueryFile[],
  glossary: readonly GlossaryEntry[],
): Promise<string> {
  const finding = findings.find(({ id }) => id === name.toLowerCase());
  if (finding !== undefined) return explainFinding(finding);
  const wanted = plain(name);
  const entry =
    glossary.find((candidate) => plain(candidate.name) === wanted) ??
    glossary.find((candidate) => shortNames(candidate).some((short) => plain(short) === wanted));
  if (entry !== undefined) return explainEntry(entry);
  const { nearestName } = await import('../analysis/nearest-name.ts');
  const names = [...findings.map(({ id }) => id), ...glossary.flatMap((item) => [item.name, ...shortNames(item)])];
  const near = nearestName(name, names);
  throw new CliError(
    `nothing is known of "${name}"${near === null ? '; lastack explain lists what is' : `; did you mean ${near}?`}`,
    2,
  );
}

/** `CLOSE-WAIT`, `close_wait` and `CLOSE_WAIT` are one name, as are `net/ipv4/x` and `net.ipv4.x`. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll('-', '_').replaceAll('/', '.');
}

/** Names as people say them: without the section of a counter, the last part of a sysctl, as `ss` prints a state. */
function shortNames({ name, kind }: GlossaryEntry): string[] {
  if (kind === 'counter') return [name.replace(/^(TcpExt|IpExt|Tcp|Ip|Icmp|Udp)/, ''), name.replace(/^TcpExtTCP/, '')];
  if (kind === 'setting') return [name.split('.').at(-1)!];
  return name === 'ESTABLISHED' ? ['ESTAB'] : [name.replace('WAIT', 'WAIT_')];
}

function explainFinding(finding: QueryFile): string {
  const sections: [string, readonly string[]][] = [
    ['How it is decided', finding.logic],
    ['Needs', (finding.evidence ?? []).map((group) => group.join(' or '))],
    ['Thresholds', finding.params.map(threshold(finding.id))],
    ['Explains, when it comes first', finding.explains],
    ['Shows, where another cause fits as well, in', finding.tells === null ? [] : [finding.tells]],
    ['Innocent causes it cannot exclude', finding.caveats],
    ['References', finding.refs],
  ];
  const head = [
    `${finding.id} (${finding.severity} at worst, ${finding.role})`,
    finding.title,
    '',
    finding.question,
    ...wrap(finding.why, ''),
  ];
  return text([...head, ...sections.flatMap(([title, lines]) => section(title, lines))]);
}

function threshold(id: string): (param: QueryFile['params'][number]) => string {
  return ({ name, value, unit, meaning }) =>
    `${name} = ${value}${unit === '-' ? '' : ` ${unit}`}: ${meaning} (--set ${id}.${name}=…)`;
}

function explainEntry({ name, kind, meaning, caution, facts }: GlossaryEntry): string {
  const labelled = facts.map(([label, value]) => `${label}: ${label === 'worse' ? direction(value) : value}`);
  return text([
    `${name} (${kind})`,
    ...wrap(meaning, ''),
    ...labelled,
    ...(caution === '' ? [] : ['', ...wrap(caution, '')]),
  ]);
}

function direction(worse: string): string {
  return worse === 'up' ? 'when it rises' : 'neither way';
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', `${title}:`, ...lines.flatMap((line) => wrap(line, '  '))];
}

function list(findings: readonly QueryFile[], glossary: readonly GlossaryEntry[]): string {
  const kinds = [...new Set(glossary.map(({ kind }) => kind))];
  return text([
    'Findings:',
    ...findings.map(({ id, title }) => `  ${id.padEnd(32)}${title}`),
    ...kinds.flatMap((kind) => [
      '',
      `${kind[0]!.toUpperCase()}${kind.slice(1)}s:`,
      ...wrap(
        glossary
          .filter((entry) => entry.kind === kind)
          .map(({ name }) => name)
          .join(', '),
        '  ',
      ),
    ]),
  ]);
}

function wrap(line: string, indent: string): string[] {
  const lines: string[] = [];
  let current = indent;
  for (const word of line.split(' ')) {
    if (current.length > indent.length && current.length + word.length > WIDTH) {
      lines.push(current.trimEnd());
      current = `${indent}${indent === '' ? '' : '  '}`;
    }
    current += `${word} `;
  }
  return [...lines, current.trimEnd()];
}

function text(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}
