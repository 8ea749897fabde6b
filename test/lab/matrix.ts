import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Postmortem } from '../../src/analysis/document.ts';
import { projectRoot } from '../support/project.ts';
import { type Answer, check, type Outcome } from './check.ts';
import { loadIncident } from './incidents.ts';
import { type RecordOptions, record, type Truth } from './record.ts';

/** One recording to make. */
export interface Plan extends RecordOptions {
  readonly id: string;
}

/**
 * Records and checks incidents, so many at once. Those that make the kernel log say the same run after the others, and those
 * that change a limit of the whole machine one by one.
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
    const outcome = check(truth, answer(join(plan.folder, 'captures')));
    outcomes.push(outcome);
    tell(outcome);
  };
  const together = async (items: typeof loaded, most: number): Promise<void> => {
    const left = [...items];
    const next = async (): Promise<void> => {
      for (let item = left.shift(); item !== undefined; item = left.shift()) await run(item);
    };
    await Promise.all(Array.from({ length: most }, next));
  };
  const shared = loaded.filter(({ incident }) => incident.alone !== true);
  await together(
    shared.filter(({ incident }) => incident.says === undefined),
    atOnce,
  );
  await together(
    shared.filter(({ incident }) => incident.says !== undefined),
    atOnce,
  );
  await together(
    loaded.filter(({ incident }) => incident.alone === true),
    1,
  );
  return outcomes;
}

/** Checks recordings that were kept in a folder, with the lastack of today. */
export function checkAgain(folder: string, tell: (outcome: Outcome, recording: string) => void): Outcome[] {
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'truth.json')))
    .sort()
    .map((name) => {
      const truth = JSON.parse(readFileSync(join(folder, name, 'truth.json'), 'utf8')) as Truth;
      const outcome = check(truth, answer(join(folder, name, 'captures')));
      tell(outcome, join(folder, name));
      return outcome;
    });
}

/** What the postmortem of captures says, as the command line makes it. */
function answer(captures: string): Answer {
  // no trigger held, or the recording broke
  if (readdirSync(captures).length === 0) return { rootCause: null, findings: [], samples: 0 };
  const main = join(projectRoot, 'dist/src/cli/main.js');
  const out = join(captures, '../postmortem.json');
  const ran = spawnSync(process.execPath, [main, '--quiet', 'report', captures, '--format', 'json', '-o', out], {
    encoding: 'utf8',
  });
  if (ran.status !== 0) throw new Error(`lastack report ${captures}: ${ran.stderr}`);
  const { verdict, findings, runs } = JSON.parse(readFileSync(out, 'utf8')) as Postmortem;
  return { rootCause: verdict.rootCause, findings, samples: runs.reduce((sum, run) => sum + run.captures, 0) };
}
