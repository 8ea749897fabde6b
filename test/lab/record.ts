import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../support/project.ts';
import { type Incident, PHASES } from './incident.ts';
import { Lab } from './lab.ts';
import { keepTriggered, TICK_S, type Watched } from './watched.ts';

/** What a run of an incident varies. */
export interface RecordOptions {
  readonly folder: string;
  readonly seed: number;
  /** Factor on the usual load. */
  readonly load: number;
  readonly intervalS: number;
  /** The collector watches, and only the capture that its trigger makes is kept. */
  readonly watch?: boolean;
}

/** What really happened, beside the captures. Times in milliseconds since 1970. */
export interface Truth {
  readonly incident: string;
  readonly title: string;
  readonly rootCause: string | null;
  readonly orElse: Readonly<Record<string, string>>;
  readonly expects: readonly string[];
  readonly mustNot: readonly string[];
  readonly start: number;
  readonly fault: number;
  /** When it can be known. */
  readonly shows: number;
  /** When a figure of the collector that watches can show it. */
  readonly figure: number;
  readonly lift: number;
  readonly end: number;
  readonly seed: number;
  readonly load: number;
  readonly intervalS: number;
  readonly kernel: string;
  /** What the collector did, where it watched; null: no trigger held. */
  readonly watched?: Watched | null;
}

/** Makes an incident happen and records it with the collector: `captures/` and `truth.json` in the folder. */
export async function record(id: string, incident: Incident, options: RecordOptions): Promise<Truth> {
  const { folder, intervalS, watch = false } = options;
  const captures = join(folder, 'captures');
  mkdirSync(captures, { recursive: true });
  const seconds = { ...PHASES, ...incident.seconds, ...(watch ? WATCHED_PHASES : {}) };
  const lab = await Lab.start(options);
  const stop = (): void => {
    lab.stop();
    process.exit(130);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    const world = await incident.setUp(lab);
    await pass(seconds.warmUp);
    const length = seconds.baseline + seconds.fault + seconds.recovery;
    const start = Date.now();
    const command = collectorCommand(captures, watch ? null : intervalS, length);
    const collector = lab.web.start(command, join(folder, 'logs/collector.log'));
    const collected = once(collector, 'exit');
    await pass(seconds.baseline);
    const asked = Date.now();
    lab.startedMs = null;
    await incident.fault?.(lab, world);
    await pass(seconds.fault - (Date.now() - asked) / 1000);
    // Clients take a moment to start on a busy machine.
    const fault = lab.startedMs ?? asked;
    const lift = Date.now();
    await incident.lift?.(lab, world);
    await pass(seconds.recovery);
    const end = Date.now();
    await collected;
    const { title, rootCause, orElse = {}, expects = [], mustNot } = incident;
    const { seed, load } = options;
    const truth: Truth = {
      incident: id,
      title,
      rootCause,
      orElse,
      expects,
      mustNot,
      start,
      fault,
      shows: fault + 1000 * (incident.showsAfterS?.(load) ?? 0),
      figure: fault + 1000 * (incident.figureAfterS?.(load) ?? 0),
      lift,
      end,
      seed,
      load,
      intervalS: watch ? TICK_S : intervalS,
      kernel: release(),
      ...(watch ? { watched: keepTriggered(folder) } : {}),
    };
    writeFileSync(join(folder, 'truth.json'), `${JSON.stringify(truth, null, 2)}\n`);
    return truth;
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    lab.stop();
  }
}

/** More than a minute before the fault, and long enough after it for the capture to end. */
const WATCHED_PHASES = { baseline: 72, fault: 80, recovery: 6 };

/** Samples on a clock; without an interval, a collector that watches. */
function collectorCommand(out: string, intervalS: number | null, seconds: number): string[] {
  const options = {
    out,
    ...(intervalS === null
      ? { tick: String(TICK_S), interval: '600', controls: '0' }
      : { interval: String(intervalS) }),
    duration: String(seconds),
    'access-log': '/var/log/apache2/access.log',
    'error-log': '/var/log/apache2/error.log',
    'status-url': 'http://127.0.0.1:8081/server-status?auto',
  };
  const collector = join(projectRoot, 'src/collector/lastack-collect');
  const mode = intervalS === null ? ['--watch'] : [];
  return [
    'sh',
    collector,
    '--fresh',
    ...mode,
    ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]),
  ];
}

/** Whether this machine can be a lab; null when it can, else why not. */
export function whyNoLab(): string | null {
  if (process.getuid?.() !== 0) return 'needs root';
  const missing = ['unshare', 'nsenter', 'ip', 'iptables', 'conntrack', 'apache2', 'ss'].filter(
    (command) => spawnSync('sh', ['-c', `command -v ${command}`]).status !== 0,
  );
  return missing.length === 0 ? null : `needs ${missing.join(', ')}`;
}

function pass(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, seconds) * 1000));
}
