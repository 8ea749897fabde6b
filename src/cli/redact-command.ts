import { homedir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import type { Command } from 'commander';
import { CliError } from '../base/errors.ts';
import { number } from '../base/quantity.ts';
import { type Console, processConsole, withTempFolder } from './console.ts';
import { addLimitOptions, type LimitArguments, limitsOf } from './limit-options.ts';
import { VERSION } from './version.ts';

interface RedactArguments extends LimitArguments {
  readonly output?: string;
  readonly key?: string;
  readonly map?: string;
  readonly reveal?: string;
}

const NOTES_SAID = 30;

/** `lastack redact CAPTURE... -o DIR` */
export function addRedactCommand(program: Command): void {
  const command = program
    .command('redact')
    .summary('write captures with pseudonyms for addresses, names and values')
    .description(
      'Writes captures again with pseudonyms in place of addresses, host and user names, query values, cookies and secrets, alike in all of them. docs/privacy.md says what is found and what is not.',
    )
    .argument('[capture...]', 'what `lastack import` reads: archives, files or folders; - for stdin')
    .option('-o, --output <dir>', 'where the redacted captures go: a new or empty folder')
    .option(
      '--key <file>',
      'the key of the pseudonyms; made on first use (default: lastack/redact.key in the configuration folder of the user)',
    )
    .option('--map <file>', 'also write what stands behind each pseudonym; keep it to yourself')
    .option('--reveal <text>', 'print a text with what stands behind its pseudonyms; - reads it from stdin');
  addLimitOptions(command)
    .addHelpText(
      'after',
      '\nExamples:\n  lastack redact captures/ -o redacted/ --key team.key --map team.map\n  lastack redact --reveal "SYN flood from 83.38.19.0/24" --key team.key\n  lastack redact --reveal - --key team.key --map team.map < answer.txt',
    )
    .action(async (captures: string[], options: RedactArguments) => {
      const console = processConsole(program.opts<{ quiet?: boolean }>().quiet === true);
      if (options.reveal !== undefined) await revealText(captures, options, console);
      else await redact(captures, options, console);
    });
}

async function redact(captures: readonly string[], options: RedactArguments, console: Console): Promise<void> {
  const { output } = options;
  if (captures.length === 0) throw new CliError('name captures: a .tar.gz, a folder of them, or - for stdin', 2);
  if (output === undefined) throw new CliError('name the folder for the redacted captures with -o DIR', 2);
  const keyPath = options.key ?? defaultKey();
  for (const path of [keyPath, options.map])
    if (path !== undefined && isInside(path, output))
      throw new CliError(`${path} must not lie in ${output}: it leads back to the originals`, 2);
  const { findCaptures, spoolStdin } = await import('../capture/find.ts');
  const { readOrMakeKey } = await import('../redact/redaction-key.ts');
  const { PairMap } = await import('../redact/pair-map.ts');
  const { redactCaptures } = await import('../redact/redact-captures.ts');
  await withTempFolder(async (temp) => {
    const stdin = join(temp, 'capture');
    if (captures.includes('-')) await spoolStdin(process.stdin, stdin);
    const found = await findCaptures(captures.map((capture) => (capture === '-' ? stdin : capture)));
    const { key, open, made } = await readOrMakeKey(keyPath);
    if (made) console.say(`made the key ${keyPath}: keep it, and keep it to yourself`);
    if (open) console.say(`${keyPath} can be read by others on this machine: chmod 600 ${keyPath}`);
    const map = options.map === undefined ? null : await PairMap.open(options.map);
    try {
      const result = await redactCaptures(found.captures, output, {
        key,
        limits: limitsOf(options),
        version: VERSION,
        onPair: (kind, pseudonym, original) => map?.add(kind, pseudonym, original),
        onProgress: () => undefined,
      });
      await map?.keep();
      for (const note of result.notes.slice(0, NOTES_SAID)) console.say(`left out: ${note}`);
      if (result.notes.length > NOTES_SAID)
        console.say(`and ${result.notes.length - NOTES_SAID} more, in the manifests`);
      if (result.ambiguous.length > 0)
        console.say(
          `names that are common words, replaced only where they stand as names: ${result.ambiguous.slice(0, 20).join(', ')}`,
        );
      const { ip, mac, host, user, value } = result.counts;
      console.say(
        `${output}: ${number(result.captures)} captures; replaced ${number(ip)} IP and ${number(mac)} MAC addresses, ${number(host)} host and ${number(user)} user names, ${number(value)} values`,
      );
      console.say(
        'not found: what stands in paths, user agents and free text; look through it before you pass it on (docs/privacy.md)',
      );
    } catch (error) {
      await map?.discard();
      throw error;
    }
  });
}

async function revealText(captures: readonly string[], options: RedactArguments, console: Console): Promise<void> {
  if (captures.length > 0 || options.output !== undefined)
    throw new CliError('--reveal takes a text, and no captures and no -o', 2);
  const { readKey } = await import('../redact/redaction-key.ts');
  const { readPairs } = await import('../redact/pair-map.ts');
  const { reveal } = await import('../redact/reveal.ts');
  const key =
    options.key === undefined && options.map !== undefined ? null : (await readKey(options.key ?? defaultKey())).key;
  const pairs = new Map<string, string>();
  if (options.map !== undefined)
    for await (const [, pseudonym, original] of readPairs(options.map)) pairs.set(pseudonym, original);
  const text = options.reveal === '-' ? await stdinText() : options.reveal!;
  const { text: revealed, unknown } = reveal(text, key, pairs);
  await console.data(revealed.endsWith('\n') ? revealed : `${revealed}\n`);
  if (unknown.length > 0)
    console.say(
      `${unknown.length} names or values not revealed: ${options.map === undefined ? 'only a map (--map) leads back to those' : 'they are not in the map'}`,
    );
}

async function stdinText(): Promise<string> {
  const { text } = await import('node:stream/consumers');
  return text(process.stdin);
}

function defaultKey(): string {
  return join(process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'lastack', 'redact.key');
}

function isInside(path: string, folder: string): boolean {
  const way = relative(resolve(folder), resolve(path));
  return way === '' || !(way.startsWith('..') || way.startsWith('/'));
}
