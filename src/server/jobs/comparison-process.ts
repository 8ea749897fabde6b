import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compareRuns } from '../../analysis/comparison/compare.ts';
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
  /** Runs of the case, at least one a side. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly folder: string;
  readonly memoryMb: number;
  readonly lastackVersion: string;
}

doJob(async ({ casePath, before, after, folder, memoryMb, lastackVersion }: ComparisonJob): Promise<null> => {
  const file = await CaseFile.openReadOnly(casePath, memoryMb);
  try {
    const options = { lastackVersion, tableSources: tableSources(await loadSources()) };
    const comparison = await compareRuns(file.connection, { runs: before }, { runs: after }, options);
    await writeFile(join(folder, 'comparison.json'), renderJson(comparison));
    await writeFile(join(folder, 'comparison.md'), renderComparisonMarkdown(comparison));
    await writeFile(join(folder, 'comparison.html'), await renderComparisonHtml(comparison));
    return null;
  } finally {
    file.close();
  }
});
