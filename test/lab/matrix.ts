import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Postmortem } from '../../src/analysis/document.ts';
import { projectRoot } from '../support/project.ts';
import { check, type Outcome } from './check.ts';
import { loadIncident } from './incidents.ts';
import { type RecordOptions, record } from './record.ts';

/** One recording to make. */
export interface Plan extends RecordOptions {
  readonly id: string;
}

/**
 * Records and checks incidents. Those that change a limit of the whole machine, or make its kernel speak, have it for
 * themselves; of the others so many run at once.
 */
export async function runMatrix(
  plans: readonly Plan[],
  atOnce: number,
  tell: (outcome: Outcome) => void,
): Promise<Outcome[]> {
  const loaded = await Promise.all(plans.map(async (plan) => ({ plan, incident: await loadIncident(plan.id) })));
  const outcomes: Outcome[] = [];
  const run = async ({ plan, incident }: (typeof loaded)[number]): Promise<void> => {
    rmSync(plan.folder, { recursive: true, force: true });
    mkdirSync(plan.folder, { recursive: true });
    const truth = await record(plan.id, incident, plan);
    const outcome = check(truth, report(join(plan.folder, 'captures')));
    outcomes.push(outcome);
    tell(outcome);
  };
  const shared = loaded.filter(({ incident }) => incident.alone !== true);
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let next = shared.shift(); next !== undefined; next = shared.shift()) await run(next);
    }),
  );
  for (const item of loaded.filter(({ incident }) => incident.alone === true)) await run(item);
  return outcomes;
}

/** The postmortem of captures, as the command line makes it. */
export function report(captures: string): Postmortem {
  const main = join(projectRoot, 'dist/src/cli/main.js');
  const out = join(captures, '../postmortem.json');
  const ran = spawnSync(process.execPath, [main, '--quiet', 'report', captures, '--format', 'json', '-o', out], {
    encoding: 'utf8',
  });
  if (ran.status !== 0) throw new Error(`lastack report ${captures}: ${ran.stderr}`);
  return JSON.parse(readFileSync(out, 'utf8')) as Postmortem;
}

/** The outcomes as a Markdown table, by incident. */
export function matrixTable(outcomes: readonly Outcome[]): string {
  const rows = outcomes
    .toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1))
    .map(({ truth, rootCause, onsetIntervals, wrong, missing, findings, passed }) => {
      const onset = onsetIntervals === null ? '' : onsetIntervals.toFixed(1);
      const fault = [...missing.map((id) => `missing: ${id}`), ...wrong.map((id) => `wrong: ${id}`)].join(', ');
      const others = findings.filter((id) => id !== rootCause).join(', ');
      return `| ${truth.incident} | ${truth.intervalS} s, ×${truth.load}, seed ${truth.seed} | ${truth.rootCause ?? 'none'} | ${rootCause ?? 'none'} | ${onset} | ${others} | ${passed ? 'yes' : `**no** ${fault}`} |`;
    });
  return [
    '| incident | interval, load, seed | true cause | named cause | onset, intervals after the fault | other findings above info | right |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

function sortKey({ truth }: Outcome): string {
  return `${truth.incident} ${truth.seed} ${truth.intervalS}`;
}
