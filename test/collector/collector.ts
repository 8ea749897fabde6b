import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { TestContext } from 'node:test';
import { projectRoot } from '../support/project.ts';

/** The script under test. */
export const COLLECTOR: string = join(projectRoot, 'src/collector/lastack-collect');

/** Logs of the machine the tests run on are no part of a test. */
export const NO_LOGS: readonly string[] = [
  '--access-log',
  '/nonexistent/access.log',
  '--error-log',
  '/nonexistent/error.log',
];

/** A row of `manifest.tsv`. */
export interface Probe {
  readonly probe: string;
  readonly member: string;
  readonly status: string;
  readonly exitCode: string;
  readonly bytes: number;
  readonly startedMs: number;
  readonly endedMs: number;
  readonly note: string;
}

/** One tarball, read back. Member names are without the top folder. */
export interface Sample {
  readonly name: string;
  /** In the order of the tarball, without folders. */
  readonly members: readonly string[];
  readonly header: ReadonlyMap<string, string>;
  readonly probes: readonly Probe[];
  text(member: string): string;
  probe(name: string): Probe;
}

/** A collector at work. */
export interface Run {
  readonly child: ChildProcess;
  /** Settles when the collector has said so on stderr: it reports each sample once its tarball is in place. */
  sample(sequence: number): Promise<void>;
  readonly ended: Promise<Ended>;
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface StartOptions {
  /** The shell and its arguments; `dash` when not given, or whatever `sh` is where there is none. */
  readonly shell?: readonly string[];
  readonly path?: string;
  /** Another file than the script itself. */
  readonly collector?: string;
}

/** A folder that goes when the test ends. */
export function scratch(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'lastack-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Whether all commands are there; marks the test as skipped otherwise. */
export function has(t: TestContext, ...commands: readonly string[]): boolean {
  const missing = commands.find((command) => which(command) === undefined);
  if (missing !== undefined) t.skip(`needs ${missing}`);
  return missing === undefined;
}

/** Starts the collector; it is killed when the test ends, if it still runs. */
export function start(t: TestContext, args: readonly string[], options: StartOptions = {}): Run {
  const [shell = 'sh', ...shellArgs] = options.shell ?? [which('dash') === undefined ? 'sh' : 'dash'];
  const child = spawn(shell, [...shellArgs, options.collector ?? COLLECTOR, ...args], {
    env: { ...process.env, ...(options.path === undefined ? {} : { PATH: options.path }) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.after(() => child.kill('SIGKILL'));
  let stdout = '';
  let stderr = '';
  const waiting = new Set<() => void>();
  const wake = (): void => waiting.forEach((check) => check());
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    wake();
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  return {
    child,
    ended,
    async sample(sequence) {
      const line = new RegExp(`^lastack-collect: sample ${sequence}: `, 'm');
      const seen = new Promise<void>((resolve) => {
        const check = (): void => {
          if (line.test(stderr)) resolve();
        };
        waiting.add(check);
        check();
      });
      const early = ended.then(() => {
        if (!line.test(stderr)) throw new Error(`ended before sample ${sequence}: ${stderr}`);
      });
      await Promise.race([seen, early]);
    },
  };
}

/** Runs the collector to its end. */
export async function collect(t: TestContext, args: readonly string[], options: StartOptions = {}): Promise<Ended> {
  return start(t, args, options).ended;
}

/** The tarballs of a folder, in order of time. */
export function samples(folder: string): readonly Sample[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith('lastack-'))
    .sort(bySequence)
    .map((name) => readSample(join(folder, name)));
}

/** Reads one tarball with the host's own tar. */
export function readSample(file: string): Sample {
  const members = tar('-tzf', file)
    .split('\n')
    .filter((name) => name !== '' && !name.endsWith('/'));
  const [top = ''] = members[0]?.split('/') ?? [];
  const text = (member: string): string => tar('-xzOf', file, `${top}/${member}`);
  const lines = text('manifest.tsv').split('\n').slice(0, -1);
  const table = lines.filter((line) => !line.startsWith('# ')).slice(1);
  const probes = table.map(toProbe);
  return {
    name: top,
    members: members.map((name) => name.slice(top.length + 1)),
    header: new Map(
      lines.filter((line) => line.startsWith('# ')).map((line) => line.slice(2).split('\t') as [string, string]),
    ),
    probes,
    text,
    probe(name) {
      const found = probes.find((probe) => probe.probe === name);
      if (found === undefined) throw new Error(`no probe ${name} in ${file}`);
      return found;
    },
  };
}

/** What all samples together hold of the logs of one kind, in the order they were taken. */
export function logText(taken: readonly Sample[], kind: 'access' | 'error'): string {
  return taken
    .flatMap((sample) =>
      sample.probes.filter((row) => row.probe === `${kind}-log` && row.bytes > 0).map((row) => sample.text(row.member)),
    )
    .join('');
}

/** Commands that tests call by that PATH. */
const OF_TESTS: readonly string[] = ['dash', 'bash', 'busybox', 'ksh', 'unshare', 'mount', 'ls', 'yes', 'touch'];

/** A PATH folder with every command of this machine the script may call, without some and with others put in their place. */
export function toolbox(
  folder: string,
  without: readonly string[],
  scripts: Readonly<Record<string, string>> = {},
): string {
  mkdirSync(folder);
  const named = new Set(
    readFileSync(COLLECTOR, 'utf8')
      .match(/[\w.-]+/g)
      ?.concat(OF_TESTS),
  );
  for (const [name, file] of commands()) {
    if (named.has(name) && !without.includes(name) && !(name in scripts)) symlinkSync(file, join(folder, name));
  }
  for (const [name, body] of Object.entries(scripts)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
}

/** Settles when the file is there, and holds the text. */
export async function appears(folder: string, name: string, text = '\n'): Promise<void> {
  const file = join(folder, name);
  const there = (): boolean => existsSync(file) && readFileSync(file, 'utf8').includes(text);
  await new Promise<void>((resolve) => {
    const watcher = watch(folder, () => check());
    const check = (): void => {
      if (!there()) return;
      watcher.close();
      resolve();
    };
    check();
  });
}

function commands(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    if (!existsSync(folder)) continue;
    for (const name of readdirSync(folder)) if (!found.has(name)) found.set(name, join(folder, name));
  }
  return found;
}

function which(command: string): string | undefined {
  const found = spawnSync('sh', ['-c', 'PATH=$PATH:/usr/sbin:/sbin; command -v "$1"', 'sh', command], {
    encoding: 'utf8',
  });
  return found.status === 0 ? found.stdout.trim() : undefined;
}

function tar(...args: readonly string[]): string {
  const done = spawnSync('tar', args, { encoding: 'utf8', maxBuffer: 2 ** 27 });
  if (done.status !== 0) throw new Error(`tar ${args.join(' ')}: ${done.stderr}`);
  return done.stdout;
}

function toProbe(line: string): Probe {
  const [probe = '', member = '', status = '', exitCode = '', bytes, startedMs, endedMs, note = '', ...more] =
    line.split('\t');
  if (more.length > 0) throw new Error(`more than eight fields: ${line}`);
  return {
    probe,
    member,
    status,
    exitCode,
    bytes: Number(bytes),
    startedMs: Number(startedMs),
    endedMs: Number(endedMs),
    note,
  };
}

/** Samples of the same second carry a number that does not sort as text: `-2` comes after nothing, and before `-10`. */
function bySequence(a: string, b: string): number {
  const parts = (name: string): [string, number] => {
    const found = /^(.*Z)(?:-(\d+))?\.tar\.gz$/.exec(name);
    return [found?.[1] ?? name, Number(found?.[2] ?? 1)];
  };
  const [timeA, numberA] = parts(a);
  const [timeB, numberB] = parts(b);
  return timeA < timeB ? -1 : timeA > timeB ? 1 : numberA - numberB;
}

/** A PATH whose `date` is so many seconds ahead as the file `jump` says; none at first. */
export function jumpingClock(folder: string): { readonly path: string; readonly jump: string } {
  const jump = join(folder, 'jump');
  writeFileSync(jump, '0');
  const date = `exec /bin/date -d "@$(($(/bin/date +%s) + $(cat ${jump})))" "$@"`;
  return { path: toolbox(join(folder, 'bin'), [], { date }), jump };
}
