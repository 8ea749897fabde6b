import type { DuckDBConnection } from '@duckdb/node-api';
import type { Finding } from '../../src/analysis/document.ts';
import { type Diagnosis, diagnose } from './diagnose.ts';
import type { Kind } from './kind.ts';
import { enact, kinds, type Plan } from './scenario.ts';
import { type Life, START } from './write-case.ts';

/** What the diagnosis made of one run. */
export interface Scored {
  readonly plan: Plan;
  /** The sources that are there can show the cause. */
  readonly visible: boolean;
  /** Findings above info, each id once. */
  readonly grave: readonly string[];
  /** The finding of the kind was there, as grave as it can be. */
  readonly found: boolean;
  /** It is listed as not checked. */
  readonly unchecked: boolean;
  readonly root: string | null;
  /** The verdict names the true cause; null where the sources cannot show it, and none was named. */
  readonly right: boolean | null;
  readonly confidence: string;
  /** Findings above info that are not true of the run. */
  readonly wrong: readonly string[];
  /** Onset as found, less the true one; null where it has none. */
  readonly onsetErrorS: number | null;
  /** From the true onset to the first sample with which it was known. */
  readonly detectedAfterS: number | null;
}

/**
 * Makes, diagnoses and scores runs, all with the same source missing; of those that are to be replayed it is also asked
 * sample by sample when the finding was known first.
 */
export async function simulate(
  connection: DuckDBConnection,
  plans: readonly Plan[],
  replay: (plan: Plan) => boolean = () => false,
): Promise<Scored[]> {
  const lives = plans.map((plan): Life => ({ name: nameOf(plan), plan, hosts: enact(plan) }));
  const diagnoses = await diagnose(connection, lives);
  const scored = lives.map((life) => score(life, diagnoses.get(life.name)!));
  const known = await firstKnown(
    connection,
    lives.filter((life, place) => replay(life.plan) && scored[place]!.onsetErrorS !== null),
  );
  return scored.map((one) => ({ ...one, detectedAfterS: known.get(nameOf(one.plan)) ?? null }));
}

function score({ plan, hosts }: Life, { findings, verdict, unchecked }: Diagnosis): Scored {
  const kind = kindOf(plan);
  const grave = findings.filter((one) => one.severity !== 'info');
  const elsewhere = grave.filter((one) => one.host !== hosts[0]?.host);
  const ids = [...new Set(grave.map((one) => one.id))];
  const allowed = kind === null ? [] : [kind.id, kind.cause, ...kind.also];
  const hit = kind === null ? undefined : ofKind(findings, kind);
  const fault = hosts[0]?.fault ?? null;
  return {
    plan,
    visible: kind === null || isVisible(kind, plan),
    grave: ids,
    found: hit !== undefined,
    unchecked: kind !== null && unchecked.includes(kind.id),
    root: verdict.rootCause,
    right: isRight(verdict.rootCause, kind, plan),
    confidence: verdict.confidence,
    wrong: [...ids.filter((id) => !allowed.includes(id)), ...elsewhere.map((one) => `${one.id} on ${one.host}`)],
    onsetErrorS:
      hit === undefined || fault === null || kind?.whole === true ? null : secondsOf(hit.onset) - fault.startS,
    detectedAfterS: null,
  };
}

function nameOf({ kind, index }: Plan): string {
  return `${kind ?? 'quiet'} ${index}`;
}

function kindOf(plan: Plan): Kind | null {
  return kinds.find((one) => one.id === plan.kind) ?? null;
}

function isRight(root: string | null, kind: Kind | null, plan: Plan): boolean | null {
  if (root === (kind?.cause ?? null)) return true;
  const hidden = kind?.causeNeeds?.some((source) => source === plan.missing) ?? false;
  return root === null && hidden ? null : false;
}

function isVisible(kind: Kind, plan: Plan): boolean {
  if (kind.opening === true && plan.early) return false;
  return kind.needs.every((group) => group.some((source) => source !== plan.missing));
}

function ofKind(findings: readonly Finding[], kind: Kind): Finding | undefined {
  return findings.find((one) => one.id === kind.id && (kind.info === true || one.severity !== 'info'));
}

/** Halves the samples of each fault until the first one is found with which the finding was there; all runs at a time. */
async function firstKnown(connection: DuckDBConnection, lives: readonly Life[]): Promise<Map<string, number>> {
  const searches = lives.map((life) => {
    const { fault, moments } = life.hosts[0]!;
    const samples = moments.filter((moment) => !moment.lost && moment.atS >= fault!.startS).map((moment) => moment.atS);
    return { life, samples, low: 0, high: samples.length - 1, startS: fault!.startS };
  });
  for (let open = searches; open.length > 0; open = open.filter((one) => one.low < one.high)) {
    const middle = (one: (typeof searches)[number]): number => (one.low + one.high) >> 1;
    const diagnoses = await diagnose(
      connection,
      open.map((one) => until(one.life, one.samples[middle(one)]!)),
    );
    for (const one of open) {
      const at = middle(one);
      if (ofKind(diagnoses.get(one.life.name)!.findings, kindOf(one.life.plan)!) === undefined) one.low = at + 1;
      else one.high = at;
    }
  }
  return new Map(searches.map(({ life, samples, low, startS }) => [life.name, samples[low]! - startS]));
}

/** The run as it was known then. */
function until(life: Life, atS: number): Life {
  const hosts = life.hosts.map((run) => ({ ...run, moments: run.moments.filter((moment) => moment.atS <= atS) }));
  return { ...life, hosts };
}

function secondsOf(instant: string): number {
  return (Date.parse(instant) - Date.parse(`${START}Z`)) / 1000;
}
