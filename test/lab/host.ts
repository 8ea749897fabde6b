import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** A running program of the lab: it said that it is ready, and takes changes of its options while it runs. */
export interface Program {
  /** Changes options, one JSON object a line on its standard input. */
  tell(options: Readonly<Record<string, unknown>>): void;
  /** Sends a signal, `STOP`, `CONT`, `TERM`. */
  signal(name: string): void;
  stop(): void;
  readonly ended: Promise<unknown>;
}

/**
 * A machine of the lab: a network, host name, mounts and processes of its own on this kernel. Uptime, kernel log and
 * memory are those of the real machine. Everything in it ends with it, however this process ends.
 */
export class Host {
  readonly name: string;
  /** Its first process, as this machine numbers it. */
  readonly pid: number;
  readonly #outer: ChildProcess;
  readonly #inside: ChildProcess[] = [];

  private constructor(name: string, pid: number, outer: ChildProcess) {
    this.name = name;
    this.pid = pid;
    this.#outer = outer;
  }

  static async start(name: string): Promise<Host> {
    const script = `hostname ${name} && ip link set lo up && echo ready && while sleep 60; do :; done`;
    const namespaces = ['--net', '--uts', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];
    const outer = spawn('unshare', [...namespaces, 'sh', '-c', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    await Promise.race([
      once(createInterface(outer.stdout), 'line'),
      once(outer, 'exit').then(() => {
        throw new Error(`${name} did not start: root and namespaces are needed`);
      }),
    ]);
    const inner = readFileSync(`/proc/${outer.pid}/task/${outer.pid}/children`, 'utf8').trim();
    return new Host(name, Number(inner), outer);
  }

  /** Runs a shell script to its end and returns what it printed; throws when it fails. */
  run(script: string): string {
    const { status, stdout, stderr } = spawnSync('nsenter', this.#enter('sh', '-euc', script), {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C' },
    });
    if (status !== 0) throw new Error(`${this.name}: ${script}: ${stderr.trim()}`);
    return stdout;
  }

  sysctl(key: string, value: string | number): void {
    this.run(`printf '%s' '${value}' >/proc/sys/${key.replaceAll('.', '/')}`);
  }

  /** Starts a command whose output goes to a file. */
  start(argv: readonly string[], log: string): ChildProcess {
    const file = openSync(log, 'a');
    const child = spawn('nsenter', this.#enter(...argv), { stdio: ['ignore', file, file] });
    this.#inside.push(child);
    return child;
  }

  /** Starts one of the lab's own programs with its options, and waits until it is ready. */
  async program(file: URL, options: Readonly<Record<string, unknown>>): Promise<Program> {
    const argv = this.#enter(process.execPath, file.pathname, JSON.stringify(options));
    const child = spawn('nsenter', argv, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#inside.push(child);
    const ended = once(child, 'exit');
    child.stdin.on('error', () => undefined);
    const ready = once(createInterface(child.stdout), 'line') as Promise<[string]>;
    const [line] = await Promise.race([ready, ended.then(() => ['ended'] as [string])]);
    const [word, pid] = line.split(' ');
    if (word !== 'ready') throw new Error(`${file.pathname} did not start on ${this.name}`);
    const signal = (name: string): void => {
      spawnSync('nsenter', this.#enter('kill', `-${name}`, pid!));
      // nsenter stops itself with what it started, and does not go on with it.
      if (name === 'CONT') child.kill('SIGCONT');
    };
    return {
      tell: (changes) => void child.stdin.write(`${JSON.stringify(changes)}\n`),
      signal,
      stop: () => {
        signal('CONT');
        signal('KILL');
      },
      ended,
    };
  }

  stop(): void {
    this.#outer.kill('SIGKILL');
    for (const child of this.#inside) child.kill('SIGKILL');
  }

  #enter(...argv: readonly string[]): string[] {
    return ['-t', String(this.pid), '-n', '-u', '-m', '-p', '--', ...argv];
  }
}
