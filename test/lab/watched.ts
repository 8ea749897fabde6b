import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';

/** Seconds between two looks of a collector that watches: its default, as all that is not said here. */
export const TICK_S = 2;

/** What is recorded with a collector that watches, unless incidents are named; of the last ones nothing may fire. */
export const WATCHED: readonly string[] = [
  'lost-ack',
  'backend-refused',
  'slow-clients',
  'close-wait-leak',
  'worker-exhaustion',
  'syn-flood',
  'listen-overflow',
  'quiet',
  'busy-hour',
  'listen-overflow-tuned',
  'graceful-restart',
];

/** What a collector that watched did. */
export interface Watched {
  /** The trigger that held, as the capture says it. */
  readonly trigger: string;
  /** When it began its capture, and from when on that shows the host; milliseconds since 1970. */
  readonly fired: number;
  readonly shownFrom: number;
  /** When each look before that was taken. */
  readonly looks: readonly number[];
}

/** Puts aside all but the first capture that a trigger made, and reads what that says of itself; null: none fired. */
export function keepTriggered(folder: string): Watched | null {
  const captures = join(folder, 'captures');
  const aside = join(folder, 'untriggered');
  mkdirSync(aside, { recursive: true });
  const [triggered, ...later] = readdirSync(captures).filter((name) => name.endsWith('-trigger.tar.gz'));
  for (const name of readdirSync(captures))
    if (name !== triggered || later.includes(name)) renameSync(join(captures, name), join(aside, name));
  if (triggered === undefined) return null;
  const read = spawnSync('tar', ['-xzOf', join(captures, triggered), '--wildcards', '*/manifest.tsv'], {
    encoding: 'utf8',
    maxBuffer: 2 ** 27,
  });
  const manifests = read.stdout.split('# manifest\t1\n').slice(1);
  const value = (manifest: string, key: string): string =>
    new RegExp(`^# ${key}\t(.*)$`, 'm').exec(manifest)?.[1] ?? '';
  const times = (of: readonly string[]): number[] =>
    of.map((manifest) => Number(value(manifest, 'epoch_ms'))).sort((a, b) => a - b);
  const full = manifests.filter((manifest) => value(manifest, 'kind') === 'triggered');
  if (full.length === 0) throw new Error(`${triggered} holds no sample: ${read.stderr}`);
  const fired = times(full)[0]!;
  return {
    trigger: value(full[0]!, 'trigger'),
    fired,
    shownFrom: times(manifests)[0]!,
    looks: times(manifests.filter((manifest) => value(manifest, 'kind') === 'ring')).filter((time) => time < fired),
  };
}
