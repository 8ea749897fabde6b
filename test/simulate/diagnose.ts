import type { DuckDBConnection } from '@duckdb/node-api';
import { windowOf } from '../../src/analysis/analyse.ts';
import type { Finding, Verdict } from '../../src/analysis/document.ts';
import { judge, writeVerdict } from '../../src/analysis/verdict.ts';
import { type JudgedRuns, judgeRuns } from '../support/judge-runs.ts';
import { emptyCase, type Life, START, writeCase } from './write-case.ts';

/** What the library says of one run. */
export interface Diagnosis {
  readonly findings: readonly Finding[];
  readonly verdict: Verdict;
  readonly unchecked: readonly string[];
}

/**
 * Diagnoses runs, all in one case. Each gets its own verdict, as its own report would. The same source is missing in all of
 * them, because what was looked at is told of a case.
 */
export async function diagnose(connection: DuckDBConnection, lives: readonly Life[]): Promise<Map<string, Diagnosis>> {
  await emptyCase(connection);
  await writeCase(connection, lives);
  const runs = await judgeRuns(connection);
  return new Map(lives.map((life) => [life.name, verdictOf(life, runs)]));
}

function verdictOf({ name, plan, hosts }: Life, { of, unchecked }: JudgedRuns): Diagnosis {
  const judged = of(name);
  const judgement = judge(judged);
  const taken = hosts.map((run) => run.moments.filter((moment) => !moment.lost).map((moment) => moment.atS));
  const recorded = { start: instantOf(Math.min(...taken.flat())), end: instantOf(Math.max(...taken.flat())) };
  const window = windowOf(judgement.root, judged, recorded, plan.intervalS);
  const facts = {
    beginsBeforeRecording: window?.beginsBeforeRecording ?? false,
    hosts: hosts.length,
    samples: Math.min(...taken.map((samples) => samples.length)),
    impacts: [],
  };
  return {
    findings: judgement.ordered.map((item) => item.finding),
    verdict: writeVerdict(judgement, '', unchecked, facts),
    unchecked,
  };
}

function instantOf(seconds: number): string {
  return new Date(Date.parse(`${START}Z`) + seconds * 1000).toISOString();
}
