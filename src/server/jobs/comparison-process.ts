import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Alignment } from '../../analysis/comparison/align.ts';
import { compareRuns } from '../../analysis/comparison/compare.ts';
import type { Expectation } from '../../analysis/comparison/hypotheses.ts';
import type { SideChoice } from '../../analysis/comparison/read-side.ts';
import { loadSources } from '../../ingest/load-sources.ts';
import { tableSources } from '../../ingest/table-sources.ts';
import { renderComparisonHtml } from '../../report/comparison/render-html.ts';
import { renderComparisonMarkdown } from '../../report/comparison/render-markdown.ts';
import { renderJson } from '../../report/render-json.ts';
import { CaseFile } from '../../store/case-file.ts';
import { doJob } from './job-process.ts';

/** A comparison to make, in every form, into a folder. */
export interface ComparisonJob {
  readonly casePath: string;
  readonly before: SideChoice;
  readonly after: SideChoice;
  readonly align: Alignment;
  readonly guardS: number;
  readonly expect: readonly Expectation[];
  readonly folder: string;
  readonly memoryMb: number;
  readonly lastackVersion: string;
}

doJob(async (job: ComparisonJob): Promise<null> => {
  const { before, after, folder, lastackVersion, align, guardS, expect } = job;
  const file = await CaseFile.openReadOnly(job.casePath, job.memoryMb);
  try {
    const options = { lastackVersion, tableSources: tableSources(await loadSources()), align, guardS, expect };
    const comparison = await compareRuns(file.connection, before, after, options);
    await writeFile(join(folder, 'comparison.json'), renderJson(comparison));
    await writeFile(join(folder, 'comparison.md'), renderComparisonMarkdown(comparison));
    await writeFile(join(folder, 'comparison.html'), await renderComparisonHtml(comparison));
    return null;
  } finally {
    file.close();
  }
});
