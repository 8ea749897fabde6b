import type { ChangedSetting, ComparedFinding, Comparison, FindingStrength, Talker } from '../comparison-document.ts';
import type { Finding } from '../document.ts';
import { sameHost } from './pair-series.ts';
import type { SideData } from './read-side.ts';

type Sides = readonly [SideData, SideData];

/** Share by which a talker has to move to be named: so no more than a hundred of a kind can. */
const TALKER_SHIFT = 0.02;
/** And by so many standard errors of independent requests; real ones come in clusters and move by more. */
const TALKER_ERRORS = 4;
const TALKER_KINDS: readonly Talker['kind'][] = ['client', 'network', 'url', 'virtual-host', 'listener'];
/** What `apachectl -V` says of the program is told by the comparability. */
const NOT_SETTINGS: ReadonlySet<string> = new Set(['Server version', 'Server built', 'Server MPM']);

/** Findings of one side, of the other, and of both. */
export function compareFindings(sides: Sides): Comparison['findings'] {
  const merge = sameHost(sides);
  const all = new Map<string, { before: Finding | null; after: Finding | null }>();
  sides.forEach((side, place) => {
    for (const finding of side.postmortem.findings) {
      const key = JSON.stringify([finding.id, merge ? '' : finding.host, finding.subject]);
      const both = all.get(key) ?? { before: null, after: null };
      const name = place === 0 ? 'before' : 'after';
      if (both[name] === null) both[name] = finding;
      all.set(key, both);
    }
  });
  const findings = [...all.values()];
  const take = (keep: (pair: (typeof findings)[number]) => boolean): ComparedFinding[] =>
    findings.filter(keep).map(({ before, after }) => {
      const one = (before ?? after)!;
      return {
        id: one.id,
        title: one.title,
        host: one.host,
        subject: one.subject,
        before: strength(before),
        after: strength(after),
      };
    });
  return {
    resolved: take(({ before, after }) => before !== null && after === null),
    appeared: take(({ before, after }) => before === null && after !== null),
    persisting: take(({ before, after }) => before !== null && after !== null),
  };
}

function strength(finding: Finding | null): FindingStrength | null {
  return finding === null
    ? null
    : { severity: finding.severity, confidence: finding.confidence, summary: finding.summary };
}

/** Settings with another value, and those set on one side only where the other side's settings of that kind were read. */
export function compareSettings(sides: Sides, moves: (key: string) => readonly string[]): ChangedSetting[] {
  const merge = sameHost(sides);
  const [before, after] = sides.map(
    (side) => new Map(side.settings.map((one) => [JSON.stringify([merge ? '' : one.host, one.kind, one.key]), one])),
  ) as [Map<string, SideData['settings'][number]>, Map<string, SideData['settings'][number]>];
  const read = (side: SideData, kind: string): boolean => side.settings.some((one) => one.kind === kind);
  const changed: ChangedSetting[] = [];
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const [a, b] = [before.get(key), after.get(key)];
    const one = (a ?? b)!;
    if (a?.value === b?.value || NOT_SETTINGS.has(one.key)) continue;
    if (!sides.every((side) => read(side, one.kind))) continue;
    changed.push({
      host: one.host,
      kind: one.kind as ChangedSetting['kind'],
      key: one.key,
      before: a?.value ?? null,
      after: b?.value ?? null,
      moves: moves(one.key),
    });
  }
  return changed.toSorted((a, b) => b.moves.length - a.moves.length || (a.key < b.key ? -1 : 1));
}

/** Those whose share moved, the largest first within their kind. A kind that one side knows nothing of is left out. */
export function compareTalkers(sides: Sides): Talker[] {
  return TALKER_KINDS.flatMap((kind) => {
    const [before, after] = sides.map((side) => side.talkers.filter((one) => one.kind === kind));
    const [m, n] = [before![0]?.total ?? 0, after![0]?.total ?? 0];
    if (m <= 0 || n <= 0) return [];
    const shares = [before!, after!].map((list) => new Map(list.map((one) => [one.name, one.share])));
    return [...new Set([...before!, ...after!].map(({ name }) => name))]
      .map((name): Talker => {
        const [a, b] = [shares[0]!.get(name) ?? 0, shares[1]!.get(name) ?? 0];
        return { kind, name, before: a, after: b, change: b > a ? 'gained' : 'lost' };
      })
      .filter((one) => {
        const usual = (one.before * m + one.after * n) / (m + n);
        const chance = TALKER_ERRORS * Math.sqrt(usual * (1 - usual) * (1 / m + 1 / n));
        return Math.abs(one.after - one.before) >= Math.max(TALKER_SHIFT, chance);
      })
      .toSorted((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before) || (a.name < b.name ? -1 : 1));
  });
}
