import { DAY_US, MINUTE_US } from '../../base/time.ts';
import type { Zone } from '../../base/zone.ts';
import type { TimeOrigin } from '../manifest.ts';
import { baseName, type Entry, folderOf, type Recogniser, withoutCompression } from './entry.ts';
import { toUtcUs } from './local-time.ts';
import { lastLogTime } from './log-time.ts';
import { timeInPath } from './name-time.ts';
import type { Section } from './outline.ts';

/** What lies between two times of one file, or a whole file without any: the outputs of one moment. */
export interface Slot {
  readonly entry: Entry;
  readonly tsUs: number;
  readonly from: TimeOrigin;
  /** The time stands before the outputs, to the second. */
  readonly marked: boolean;
  /** A log, with the time of its last line: it was copied at any time after that. */
  readonly log: boolean;
  readonly sections: readonly Section[];
  /** What the slot holds, an output a key: two slots with a key in common are of two samples. */
  readonly keys: ReadonlySet<string>;
  /** Files of one folder and number belong together: `run/ss-2.txt`, `run/netstat-s-2.txt`. */
  readonly stem: string;
}

type SlotTime = Pick<Slot, 'tsUs' | 'from' | 'log'>;

/** The slots of a file, in order; none when nothing in it is known. */
export function slotsOf(entry: Entry, recogniser: Recogniser, zone: Zone): readonly Slot[] {
  const { sections, times } = entry.outline!;
  const filled = [...new Set(sections.filter(({ kind }) => kind === 'output').map(({ slot }) => slot))];
  const groups = new Map<number, Section[]>(filled.map((slot) => [slot, []]));
  let current = filled[0];
  for (const section of sections) {
    if (current === undefined) break;
    if (groups.has(section.slot)) current = section.slot;
    groups.get(current)!.push(section);
  }
  return [...groups].map(([slot, mine]) => {
    const outputs = mine.filter(({ kind }) => kind === 'output');
    const stamp = times[Math.max(0, slot - 1)];
    const time: SlotTime =
      stamp === undefined
        ? fileTime(
            entry,
            outputs.every(({ source }) => recogniser.isLog(source!)),
            zone,
          )
        : { tsUs: toUtcUs(stamp, zone), from: 'content', log: false };
    return {
      entry,
      ...time,
      marked: stamp !== undefined,
      sections: mine,
      keys: new Set(outputs.map((section) => keyOf(section, entry, recogniser))),
      stem: stemOf(entry.path),
    };
  });
}

/** What an output is, apart from when: its source, and the command, pattern of names or header it is known by. */
export function keyOf(section: Section, entry: Entry, recogniser: Recogniser): string {
  const named = recogniser.byName(entry.path);
  const known = named?.source === section.source ? named.pattern : section.header;
  // `ss-tan.txt` and `ss-uan.txt` are of one pattern and two outputs of one moment.
  const tells = recogniser.fact(section.source!)?.tells?.(entry.path, '') ?? '';
  return `${section.source} ${section.command ?? `${known} ${tells}`}`;
}

function fileTime(entry: Entry, isLog: boolean, zone: Zone): SlotTime {
  const modifiedUs = entry.modifiedUs ?? 0;
  const last = isLog ? lastLogTime(entry.tail, entry.modifiedUs) : null;
  const lastUs = last === null ? Number.NaN : toUtcUs(last, zone);
  const namedUs = namedTime(entry.path, modifiedUs, zone);
  // A log that is named for the hour it was begun in goes on after it.
  if (namedUs !== null && !(namedUs < lastUs - MINUTE_US)) return { tsUs: namedUs, from: 'name', log: false };
  if (!Number.isNaN(lastUs)) return { tsUs: lastUs, from: 'content', log: true };
  return { tsUs: modifiedUs, from: 'mtime', log: false };
}

function namedTime(path: string, modifiedUs: number, zone: Zone): number | null {
  const named = timeInPath(path);
  if (named === null) return null;
  if ('time' in named) return toUtcUs(named.time, zone);
  // A time of day alone: of the day the file was changed, or of the day before.
  const eastUs = modifiedUs - zone.toUtcUs(modifiedUs);
  const midnight = Math.floor((modifiedUs + eastUs) / DAY_US) * DAY_US;
  const at = zone.toUtcUs(midnight + named.minuteOfDay * MINUTE_US);
  return at > modifiedUs + MINUTE_US ? at - DAY_US : at;
}

/** Folder and number of a file. */
export function stemOf(path: string): string {
  const name = withoutCompression(baseName(path)).replace(/\.(?:txt|log|out)$/i, '');
  return `${folderOf(path)}/${/(\d+)$/.exec(name)?.[1] ?? ''}`;
}
