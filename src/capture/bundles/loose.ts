import type { Zone } from '../../base/zone.ts';
import { clusterSlots } from './cluster.ts';
import { baseName, type Entry, type Recogniser } from './entry.ts';
import { addHints, readHostFacts, zoneOf } from './host-facts.ts';
import { parseTime, toUtcUs } from './local-time.ts';
import type { Plan } from './plan.ts';
import { planClusters } from './plan-samples.ts';
import { type Slot, slotsOf, stemOf } from './slot.ts';

/** Plans files of any names: an output in a file each, many pasted one after the other into one, or logs. */
export function planLoose(entries: readonly Entry[], recogniser: Recogniser): Plan {
  const facts = readHostFacts(entries);
  addHints(facts, entries);
  const zone = zoneOf(facts);
  const slots = entries.flatMap((entry) => slotsOf(entry, recogniser, zone));
  const clusters = clusterSlots(dated(slots, entries, zone));
  return planClusters(clusters, facts, { collector: 'loose files', folder: '.' }, recogniser);
}

/** Gives files without a time that of a file with the output of `date` beside them. */
function dated(slots: readonly Slot[], entries: readonly Entry[], zone: Zone): readonly Slot[] {
  const dates = new Map<string, number>();
  for (const { path, head } of entries) {
    const time = /^date\b/i.test(baseName(path)) ? parseTime(head.trim()) : null;
    if (time !== null) dates.set(stemOf(path), toUtcUs(time, zone));
  }
  return slots.map((slot) => {
    const tsUs = slot.from === 'mtime' ? dates.get(slot.stem) : undefined;
    return tsUs === undefined ? slot : { ...slot, tsUs, from: 'content', marked: false };
  });
}
