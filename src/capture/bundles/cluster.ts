import { MINUTE_US, SECOND_US } from '../../base/time.ts';
import type { TimeOrigin } from '../manifest.ts';
import type { Slot } from './slot.ts';

/** Outputs whose times stand before them belong to one sample when they are this close. */
const MARKED_TOLERANCE_US = 5 * SECOND_US;
/** Times from names and from files are known to the minute at best. */
const TOLERANCE_US = MINUTE_US;

const SUREST: readonly TimeOrigin[] = ['manifest', 'content', 'name', 'mtime'];

/** The slots of one sample. */
export interface Cluster {
  readonly slots: Slot[];
  tsUs: number;
  from: TimeOrigin;
}

/** Slots put together into samples, in order of time. */
export function clusterSlots(slots: readonly Slot[]): readonly Cluster[] {
  const clusters: Cluster[] = [];
  const byStem = new Map<string, Cluster[]>();
  for (const slot of slots.filter(({ log }) => !log).toSorted(inOrder)) {
    const cluster = near(clusters, slot) ?? byStem.get(stemKey(slot))?.find((one) => fits(one, slot)) ?? null;
    if (cluster === null) clusters.push(begin(slot));
    else join(cluster, slot);
    const joined = cluster ?? clusters.at(-1)!;
    if (slot.from === 'mtime') byStem.set(stemKey(slot), [...(byStem.get(stemKey(slot)) ?? []), joined]);
  }
  clusters.sort((a, b) => a.tsUs - b.tsUs);
  return addLogs(clusters, slots.filter(({ log }) => log).toSorted(inOrder));
}

/** A log belongs to the first sample after its last line; those that go on after all samples are one of their own. */
function addLogs(clusters: readonly Cluster[], logs: readonly Slot[]): readonly Cluster[] {
  let last: Cluster | null = null;
  for (const slot of logs) {
    const cluster = clusters.find(({ tsUs }) => tsUs >= slot.tsUs - TOLERANCE_US);
    if (cluster !== undefined) cluster.slots.push(slot);
    else if (last === null) last = begin(slot);
    else {
      last.slots.push(slot);
      last.tsUs = Math.max(last.tsUs, slot.tsUs);
    }
  }
  return last === null ? clusters : [...clusters, last];
}

function near(clusters: readonly Cluster[], slot: Slot): Cluster | null {
  for (let i = clusters.length - 1; i >= 0; i--) {
    const cluster = clusters[i]!;
    const apart = Math.abs(slot.tsUs - cluster.tsUs);
    if (apart > TOLERANCE_US) return null;
    const exact = slot.marked && cluster.slots.every(({ marked }) => marked);
    if (apart <= (exact ? MARKED_TOLERANCE_US : TOLERANCE_US) && fits(cluster, slot)) return cluster;
  }
  return null;
}

function fits(cluster: Cluster, slot: Slot): boolean {
  return cluster.slots.every(
    (other) => other.entry !== slot.entry && ![...slot.keys].some((key) => other.keys.has(key)),
  );
}

function begin(slot: Slot): Cluster {
  return { slots: [slot], tsUs: slot.tsUs, from: slot.from };
}

function join(cluster: Cluster, slot: Slot): void {
  cluster.slots.push(slot);
  if (SUREST.indexOf(slot.from) >= SUREST.indexOf(cluster.from)) return;
  cluster.tsUs = slot.tsUs;
  cluster.from = slot.from;
}

function stemKey(slot: Slot): string {
  return `${slot.from} ${slot.stem}`;
}

function inOrder(a: Slot, b: Slot): number {
  return a.tsUs - b.tsUs || (a.entry.path < b.entry.path ? -1 : 1);
}
