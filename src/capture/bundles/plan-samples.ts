import type { TimeOrigin } from '../manifest.ts';
import type { Cluster } from './cluster.ts';
import type { Recogniser } from './entry.ts';
import { type HostFacts, manifestOf } from './host-facts.ts';
import type { Part, Plan, PlannedSample } from './plan.ts';
import { keyOf, type Slot } from './slot.ts';

const ORIGIN: Readonly<Record<TimeOrigin, string>> = {
  manifest: 'from the manifest',
  content: 'as the files themselves say',
  name: 'from the names of files',
  mtime: 'from when files were last changed, which copying may have altered',
};

/** Plan of samples that were put together from slots. */
export function planClusters(
  clusters: readonly Cluster[],
  facts: HostFacts,
  bundle: { readonly collector: string; readonly folder: string },
  recogniser: Recogniser,
): Plan {
  const parts = new Map<string, Part[]>();
  clusters.forEach(({ slots }, sample) => {
    for (const slot of slots) {
      const { path } = slot.entry;
      const known = parts.get(path);
      if (known === undefined) parts.set(path, [...partsOf(slot, sample, recogniser)]);
      else known.push(...partsOf(slot, sample, recogniser));
    }
  });
  const samples = clusters.map(({ tsUs, from }) => ({
    manifest: manifestOf(facts, { tsUs, tsFrom: from, collector: bundle.collector }),
    folder: bundle.folder,
  }));
  for (const list of parts.values()) list.sort((a, b) => a.firstLine - b.firstLine);
  const again = [...parts.values()].flat().filter(({ passed }) => passed !== null).length;
  const notes = again === 0 ? [] : [`${again} outputs not read: they came again without a time between them`];
  return {
    samples,
    parts: settleFacts(parts, recogniser),
    notes: [...originNotes(samples, bundle.collector), ...notes],
  };
}

/** Where the times of the samples come from, a sentence each. */
export function originNotes(samples: readonly PlannedSample[], collector: string): readonly string[] {
  return (['content', 'name', 'mtime'] as const).flatMap((origin) => {
    const { length } = samples.filter(({ manifest }) => manifest.tsFrom === origin);
    if (length === 0) return [];
    return [`${collector}: ${length === 1 ? 'time of 1 sample' : `times of ${length} samples`} ${ORIGIN[origin]}`];
  });
}

/** Of the sources of a sample that tell the same fact, only the best one is read. */
export function settleFacts(
  parts: ReadonlyMap<string, readonly Part[]>,
  recogniser: Recogniser,
): ReadonlyMap<string, readonly Part[]> {
  const best = new Map<string, { source: string; rank: number }>();
  const keyOfFact = (part: Part): { key: string; rank: number } | null => {
    const fact = part.source === null ? null : recogniser.fact(part.source);
    return fact === null ? null : { key: `${part.sample} ${fact.name}`, rank: fact.rank };
  };
  const each = [...parts.values()].flat();
  for (const part of each) {
    const fact = part.passed === null ? keyOfFact(part) : null;
    if (fact === null) continue;
    const known = best.get(fact.key);
    if (known === undefined || fact.rank < known.rank) best.set(fact.key, { source: part.source!, rank: fact.rank });
  }
  const settle = (part: Part): Part => {
    const chosen = best.get(keyOfFact(part)?.key ?? '')?.source;
    const passed = chosen === undefined || chosen === part.source ? part.passed : `same facts as ${chosen}`;
    return { ...part, passed };
  };
  return new Map([...parts].map(([path, list]) => [path, list.map(settle)]));
}

function partsOf(slot: Slot, sample: number, recogniser: Recogniser): readonly Part[] {
  const seen = new Set<string>();
  return slot.sections.map(({ firstLine, kind, source, command, ...section }) => {
    const key =
      source === null ? null : keyOf({ firstLine, kind, source, command, ...section }, slot.entry, recogniser);
    const again = key !== null && seen.has(key);
    if (key !== null) seen.add(key);
    return {
      firstLine,
      sample,
      kind,
      source,
      command,
      passed: again ? 'a second output of the same kind without a time between them: only the first is read' : null,
    };
  });
}
