import type { DuckDBConnection } from '@duckdb/node-api';
import { type AnalyseOptions, analyse } from '../../src/analysis/analyse.ts';
import type { Finding, Postmortem } from '../../src/analysis/document.ts';
import { loadLibrary } from '../../src/analysis/library.ts';
import { tableSources } from '../queries/small-case.ts';
import type { Kind } from './kind.ts';
import { enact, type HostRun, kinds, type Plan } from './scenario.ts';
import { emptyCase, START, writeCase } from './write-case.ts';

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
  /** Onset as found, less the true one. */
  readonly onsetErrorS: number | null;
  /** From the true onset to the first sample with which it was known. */
  readonly detectedAfterS: number | null;
}

/** The whole library, as a report runs it. */
export async function analysisOptions(): Promise<AnalyseOptions> {
  return { lastackVersion: '0.0.0-sim', library: await loadLibrary(), tableSources };
}

/** Makes, analyses and scores a run; `replay` also asks sample by sample when it was known first. */
export async function simulate(
  connection: DuckDBConnection,
  plan: Plan,
  options: AnalyseOptions,
  replay: boolean,
): Promise<Scored> {
  await emptyCase(connection);
  const hosts = enact(plan);
  await writeCase(connection, plan, hosts);
  const document = await analyse(connection, options);
  const kind = kinds.find((one) => one.id === plan.kind) ?? null;
  const grave = [...new Set(document.findings.filter((one) => one.severity !== 'info').map((one) => one.id))];
  const ill = document.findings.filter((one) => one.severity !== 'info' && one.host !== hosts[0]?.host);
  const allowed = kind === null ? [] : [kind.id, kind.cause, ...kind.also];
  const hit = kind === null ? undefined : ofKind(document, kind);
  const fault = hosts[0]?.fault ?? null;
  return {
    plan,
    visible: kind === null || isVisible(kind, plan),
    grave,
    found: hit !== undefined,
    unchecked: kind !== null && document.unchecked.some((item) => item.id === kind.id),
    root: document.verdict.rootCause,
    right: isRight(document.verdict.rootCause, kind, plan),
    confidence: document.verdict.confidence,
    wrong: [...grave.filter((id) => !allowed.includes(id)), ...ill.map((one) => `${one.id} on ${one.host}`)],
    onsetErrorS: hit === undefined || fault === null ? null : secondsOf(hit.onset) - fault.startS,
    detectedAfterS:
      replay && hit !== undefined && kind !== null ? await firstKnown(connection, hosts[0]!, kind, options) : null,
  };
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

function ofKind(document: Postmortem, kind: Kind): Finding | undefined {
  return document.findings.find((one) => one.id === kind.id && (kind.info === true || one.severity !== 'info'));
}

/** Halves the samples of the fault until the first one is found with which the finding was there. */
async function firstKnown(
  connection: DuckDBConnection,
  run: HostRun,
  kind: Kind,
  options: AnalyseOptions,
): Promise<number> {
  const fault = run.fault!;
  const samples = run.moments.filter((moment) => !moment.lost && moment.atS >= fault.startS);
  let low = 0;
  let high = samples.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    const knownBy = instantOf(samples[middle]!.atS);
    const document = await analyse(connection, { ...options, until: knownBy, knownBy });
    if (ofKind(document, kind) === undefined) low = middle + 1;
    else high = middle;
  }
  return samples[low]!.atS - fault.startS;
}

function secondsOf(instant: string): number {
  return (Date.parse(instant) - Date.parse(`${START}Z`)) / 1000;
}

function instantOf(seconds: number): string {
  return new Date(Date.parse(`${START}Z`) + seconds * 1000).toISOString();
}
