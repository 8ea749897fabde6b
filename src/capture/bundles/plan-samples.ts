import type { TimeOrigin } from '../manifest.ts';
import type { Cluster } from './cluster.ts';
import type { Recogniser } from './entry.ts';
import { type HostFacts, manifestOf } from './host-facts.ts';
import type { Part, Plan, PlannedSample } from './plan.ts';
import { settleFacts } from './settle-facts.ts';
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
    parts: settleFacts(
      parts,
      clusters.flatMap(({ slots }) => slots.map(({ entry }) => entry)),
      recogniser,
    ),
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
