import type { Entry, Recogniser } from './entry.ts';
import { isFactFile } from './host-facts.ts';
import { planLoose } from './loose.ts';
import type { Part, Plan } from './plan.ts';
import { planPtStalk, ptStalkCollection } from './pt-stalk.ts';
import { planSosreport, sosreportRoots } from './sosreport.ts';

const NAMED_AT_MOST = 5;

/** Plans whatever a folder or an archive holds that is none of our captures: sosreports, collections of pt-stalk, loose files. */
export function planBundle(entries: readonly Entry[], recogniser: Recogniser): Plan {
  const plans: Plan[] = [];
  let rest = entries;
  for (const root of sosreportRoots(rest)) {
    const below = root === '' ? '' : `${root}/`;
    const mine = rest.filter(({ path }) => path.startsWith(below));
    rest = rest.filter(({ path }) => !path.startsWith(below));
    plans.push(counted(planSosreport(root, mine, recogniser), mine, 'the sosreport'));
  }
  const collections = groupBy(rest, ({ path }) => ptStalkCollection(path));
  for (const [collection, mine] of collections) {
    if (collection === null) continue;
    plans.push(counted(planPtStalk(collection, mine, recogniser), mine, 'pt-stalk'));
  }
  const loose = collections.get(null) ?? [];
  const outlined = loose.filter(({ outline }) => outline !== null);
  if (loose.length > 0) plans.push(named(planLoose(outlined, recogniser), loose));
  return merge(plans);
}

/** Says how many files of a large bundle nobody reads. */
function counted(plan: Plan, entries: readonly Entry[], what: string): Plan {
  const unread = entries.filter(({ path }) => !plan.parts.has(path) && !isFactFile(path)).length;
  return unread === 0 ? plan : { ...plan, notes: [...plan.notes, `${unread} files of ${what} are not read`] };
}

/** Names the loose files in which nothing is known. */
function named(plan: Plan, entries: readonly Entry[]): Plan {
  const unknown = entries.filter(({ path }) => !plan.parts.has(path) && !isFactFile(path));
  const shown = unknown
    .slice(0, NAMED_AT_MOST)
    .map(
      ({ path, bytes, damage }) => `${path}: ${damage ?? (bytes === 0 ? 'empty' : 'no output or log that is known')}`,
    );
  const more = unknown.length - shown.length;
  return {
    ...plan,
    notes: [...plan.notes, ...shown, ...(more > 0 ? [`${more} more files in which nothing is known`] : [])],
  };
}

function merge(plans: readonly Plan[]): Plan {
  const samples = [];
  const parts = new Map<string, readonly Part[]>();
  for (const plan of plans) {
    const before = samples.length;
    for (const [path, list] of plan.parts)
      parts.set(
        path,
        list.map((part) => ({ ...part, sample: part.sample + before })),
      );
    samples.push(...plan.samples);
  }
  return { samples, parts, notes: plans.flatMap(({ notes }) => notes) };
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
