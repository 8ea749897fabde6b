import { type Cluster, clusterSlots } from './cluster.ts';
import { baseName, type Entry, folderOf, type Recogniser, withoutCompression } from './entry.ts';
import { addHints, readHostFacts, zoneOf } from './host-facts.ts';
import type { Plan } from './plan.ts';
import { planClusters } from './plan-samples.ts';
import { type Slot, slotsOf } from './slot.ts';

/** `2012_07_05_17_54_34-netstat`: when the collection began, and what the file holds. */
const NAME = /^(\d{4}(?:_\d\d){5})-([a-z][\w-]*)$/;

/** The collection a file belongs to: folder and prefix; null when pt-stalk did not write it. */
export function ptStalkCollection(path: string): string | null {
  const prefix = NAME.exec(withoutCompression(baseName(path)))?.[1];
  return prefix === undefined ? null : `${folderOf(path)}/${prefix}`;
}

/** What a file of pt-stalk holds, as its name says: `netstat_s`; null when pt-stalk did not write it. */
export function ptStalkOutput(name: string): string | null {
  return NAME.exec(name)?.[2] ?? null;
}

/**
 * Plans one collection of pt-stalk. What it runs in its loop (`netstat`, `netstat_s`, `meminfo`, …) has a `TS` line before
 * every sample, the same one in each file; what it runs once (`ps`, `sysctl`, `dmesg`) has none and goes with the first.
 */
export function planPtStalk(collection: string, entries: readonly Entry[], recogniser: Recogniser): Plan {
  const facts = readHostFacts(entries);
  addHints(facts, entries);
  const zone = zoneOf(facts);
  const read = entries.filter(({ path, outline }) => outline !== null && recogniser.byName(path) !== null);
  const slots = read.flatMap((entry) => slotsOf(entry, recogniser, zone));
  const clusters = clusterTimes(slots.filter(({ marked }) => marked));
  const once = slots.filter(({ marked }) => !marked);
  const first = clusters[0];
  if (first !== undefined) first.slots.push(...once);
  const all = first === undefined ? clusterSlots(once) : clusters;
  return planClusters(all, facts, { collector: 'pt-stalk', folder: collection.replace(/^\//, '') }, recogniser);
}

/** A sample for every time; the files agree on it to the nanosecond. */
function clusterTimes(slots: readonly Slot[]): readonly Cluster[] {
  const clusters = new Map<number, Cluster>();
  for (const slot of slots) {
    const known = clusters.get(slot.tsUs);
    if (known === undefined) clusters.set(slot.tsUs, { slots: [slot], tsUs: slot.tsUs, from: slot.from });
    else known.slots.push(slot);
  }
  return [...clusters.values()].sort((a, b) => a.tsUs - b.tsUs);
}
