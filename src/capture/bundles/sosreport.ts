import type { Entry, Recogniser } from './entry.ts';
import { manifestOf, readHostFacts, zoneOf } from './host-facts.ts';
import { toUtcUs } from './local-time.ts';
import type { Part, Plan } from './plan.ts';
import { originNotes } from './plan-samples.ts';
import { settleFacts } from './settle-facts.ts';

const INSIDE = /^(.*?)(?:^|\/)sos_commands\//;
/** Written by the report itself, so about when it was made. */
const WRITTEN = /(?:^|\/)sos_(?:commands|reports|logs)\//;

/** The top folders of the sosreports among the entries. */
export function sosreportRoots(entries: readonly { readonly path: string }[]): readonly string[] {
  const roots = new Set<string>();
  for (const { path } of entries) {
    const root = INSIDE.exec(path)?.[1];
    if (root !== undefined) roots.add(root);
  }
  return [...roots].sort();
}

/** Plans a sosreport: one sample, at the time its `date` printed. */
export function planSosreport(root: string, entries: readonly Entry[], recogniser: Recogniser): Plan {
  const facts = readHostFacts(entries);
  const written = entries.filter(({ path }) => WRITTEN.test(path)).map(({ modifiedUs }) => modifiedUs ?? 0);
  const parts = new Map<string, readonly Part[]>();
  for (const { path } of entries) {
    // /proc/net is a link to the net folder of the process that looks at it.
    const source = recogniser.byPath(path.replace(/(^|\/)proc\/\d+\/net\//, '$1proc/net/'));
    if (source === null) continue;
    parts.set(path, [{ firstLine: 1, sample: 0, kind: 'output', source, command: null, passed: null }]);
  }
  const time = facts.date === null ? null : toUtcUs(facts.date, zoneOf(facts));
  const tsUs = time ?? written.reduce((latest, at) => Math.max(latest, at), 0);
  const collector = facts.sosVersion === null ? 'sosreport' : `sosreport ${facts.sosVersion}`;
  const manifest = manifestOf(facts, { tsUs, tsFrom: time === null ? 'mtime' : 'content', collector });
  const samples = [{ manifest, folder: root === '' ? '.' : root }];
  return { samples, parts: settleFacts(parts, entries, recogniser), notes: originNotes(samples, collector) };
}
