import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { compareRuns } from '../../src/analysis/comparison/compare.ts';
import type { SideChoice } from '../../src/analysis/comparison/read-side.ts';
import type { Comparison, MetricVerdict } from '../../src/analysis/comparison-document.ts';
import { findCaptures } from '../../src/capture/find.ts';
import { importCaptures } from '../../src/ingest/import.ts';
import { loadSources, tablesOf } from '../../src/ingest/load-sources.ts';
import { readersFor } from '../../src/ingest/readers.ts';
import { CaseFile } from '../../src/store/case-file.ts';
import { tableSources } from '../queries/small-case.ts';
import { projectRoot } from '../support/project.ts';

const FOLDER = join(projectRoot, 'test/compare/recordings');
const CALLED: readonly MetricVerdict[] = ['better', 'worse', 'changed'];
/** Parts of a run that are compared in turns, four a side: A B B A A B B A. */
const TURNS = [0, 1, 1, 0, 0, 1, 1, 0] as const;

/** Recordings in which nothing was changed, by name. */
export function recordings(): string[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.tar.xz'))
    .map((name) => name.replace('.tar.xz', ''))
    .toSorted();
}

/** A case at `path` with these recordings, each a run. */
export async function caseOf(path: string, names: readonly string[]): Promise<CaseFile> {
  const sources = await loadSources();
  const file = await CaseFile.openOrCreate(path, { tables: tablesOf(sources), lastackVersion: '0.0.0-test' });
  for (const run of names)
    await importCaptures(file, sources, await findCaptures([join(FOLDER, `${run}.tar.xz`)]), readersFor(1), { run });
  return file;
}

export function compareIn(file: CaseFile, before: SideChoice, after: SideChoice): Promise<Comparison> {
  return compareRuns(file.connection, before, after, { lastackVersion: '0.0.0-test', tableSources });
}

/** Two sides: the first half of a run, and the second. */
export async function halvesOf(file: CaseFile, run: string): Promise<readonly [SideChoice, SideChoice]> {
  const reader = await file.connection.runAndReadAll(
    'select epoch_ms(median(ts))::double as middle from capture where run = $run',
    { run },
  );
  const middle = new Date(Number(reader.getRowObjects()[0]!['middle'])).toISOString();
  return [
    { runs: [run], until: middle },
    { runs: [run], since: middle },
  ];
}

/** Makes `count` runs of each run, `<run> 1` to `<run> <count>` in the order of time. */
export async function cutRuns(file: CaseFile, count: number): Promise<void> {
  await file.connection.run(
    `update capture set run = run || ' ' || part::varchar
     from (select capture_id as id, ntile(${count}) over (partition by run order by ts) as part from capture) where capture_id = id`,
  );
}

/** Two sides of a run that was cut in eight. */
export function turnsOf(run: string): readonly [SideChoice, SideChoice] {
  const side = (which: number): SideChoice => ({
    runs: TURNS.flatMap((turn, i) => (turn === which ? [`${run} ${i + 1}`] : [])),
  });
  return [side(0), side(1)];
}

/** What became of the metrics of two sides between which nothing was changed. */
export interface RecordedPair {
  readonly name: string;
  readonly metrics: number;
  /** Called better, worse or changed, each with what it was. */
  readonly called: readonly string[];
  readonly primaryCalled: number;
  readonly candidates: number;
  readonly unchanged: number;
  readonly inconclusive: number;
}

/** Counts what was said of the metrics. */
export function summarise(name: string, { metrics }: Pick<Comparison, 'metrics'>): RecordedPair {
  const count = (verdict: MetricVerdict): number => metrics.filter((one) => one.verdict === verdict).length;
  const called = metrics.filter(({ verdict }) => CALLED.includes(verdict));
  return {
    name,
    metrics: metrics.length,
    called: called.map(({ title, dimension, verdict }) => `${title}${dimension && ` ${dimension}`} ${verdict}`),
    primaryCalled: called.filter(({ primary }) => primary).length,
    candidates: count('candidate'),
    unchanged: count('unchanged'),
    inconclusive: count('inconclusive'),
  };
}

/** Every pair that the recordings allow: seeds against each other, halves of each, and eighths of each in turns. */
export async function measureRecordings(path: string): Promise<RecordedPair[]> {
  const names = recordings();
  const file = await caseOf(path, names);
  const pairs: RecordedPair[] = [];
  const measure = async (name: string, [before, after]: readonly [SideChoice, SideChoice]): Promise<void> => {
    pairs.push(summarise(name, await compareIn(file, before, after)));
  };
  try {
    for (const one of names.filter((name) => name.endsWith('-1'))) {
      const other = one.replace(/1$/, '2');
      if (names.includes(other)) await measure(`${one} and ${other}`, [{ runs: [one] }, { runs: [other] }]);
    }
    for (const name of names) await measure(`${name}, halves`, await halvesOf(file, name));
    await cutRuns(file, TURNS.length);
    for (const name of names) await measure(`${name}, eighths in turns`, turnsOf(name));
  } finally {
    file.close();
  }
  return pairs;
}
